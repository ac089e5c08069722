-- customers who paid on the day before the period
select dims[$dimension] as member, count(*) as value
from moved($start::date, $end::date) where before is not null
group by member
