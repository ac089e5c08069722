-- over the twelve months up to the period's end: (lost + contraction − expansion) ÷ revenue at the start
select dims[$dimension] as member, (coalesce(sum(before) filter (after is null), 0) + coalesce(sum(before - after) filter (after < before), 0) - coalesce(sum(after - before) filter (after > before), 0))::double / nullif(sum(before), 0) as value
from moved(($end::date - interval 12 months)::date, $end::date)
group by member
