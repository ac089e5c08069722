-- what customers paid a month on the day before the period
select dims[$dimension] as member, sum(before) as value
from moved($start::date, $end::date) where before is not null
group by member
