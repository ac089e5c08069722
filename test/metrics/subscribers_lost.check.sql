-- customers who paid on the day before the period and not at its end
select dims[$dimension] as member, count(*) as value
from moved($start::date, $end::date) where before is not null and after is null
group by member
