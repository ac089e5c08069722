-- customers lost ÷ customers who paid on the day before the twelve months up to the period's end
select dims[$dimension] as member, (count(*) filter (before is not null and after is null))::double / nullif(count(before), 0) as value
from moved(($end::date - interval 12 months)::date, $end::date)
group by member
