-- customers who paid at both ends
select dims[$dimension] as member, count(*) as value
from moved($start::date, $end::date) where before is not null and after is not null
group by member
