-- what customers paid a month on the last day of the period
select dims[$dimension] as member, sum(closing) as value
from moved($start::date, $end::date) where closing is not null
group by member
