-- customers kept over the month up to the period's end
select dims[$dimension] as member, (count(*) filter (before is not null and after is not null))::double / nullif(count(before), 0) as value
from moved(($end::date - interval 1 month)::date, $end::date)
group by member
