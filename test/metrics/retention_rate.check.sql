-- customers who paid at both ends ÷ customers who paid on the day before the period
select dims[$dimension] as member, (count(*) filter (before is not null and after is not null))::double / nullif(count(before), 0) as value
from moved($start::date, $end::date)
group by member
