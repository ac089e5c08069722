-- customers who paid on the last day of the period
select dims[$dimension] as member, count(*) as value
from moved($start::date, $end::date) where after is not null
group by member
