-- as nrr, of the twelve months up to the period's end
select dims[$dimension] as member, (coalesce(sum(after) filter (before is not null), 0))::double / nullif(sum(before), 0) as value
from moved(($end::date - interval 12 months)::date, $end::date)
group by member
