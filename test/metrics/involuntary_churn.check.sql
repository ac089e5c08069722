-- customers lost because they did not pay ÷ customers at the start
select dims[$dimension] as member, (count(*) filter (before is not null and after is null and unpaid))::double / nullif(count(before), 0) as value
from moved($start::date, $end::date)
group by member
