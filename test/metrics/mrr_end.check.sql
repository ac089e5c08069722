-- what customers paid a month on the last day of the period
select dims[$dimension] as member, sum(after) as value
from moved($start::date, $end::date) where after is not null
group by member
