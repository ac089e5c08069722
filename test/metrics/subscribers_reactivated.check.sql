-- customers who came back in the period
select dims[$dimension] as member, count(*) as value
from moved($start::date, $end::date) where before is null and after is not null and not is_born
group by member
