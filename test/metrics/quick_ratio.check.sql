-- (new + expansion + reactivation) ÷ (lost + contraction)
select dims[$dimension] as member, (coalesce(sum(after) filter (before is null and is_born), 0) + coalesce(sum(after - before) filter (after > before), 0) + coalesce(sum(after) filter (before is null and not is_born), 0))::double / nullif((coalesce(sum(before) filter (after is null), 0) + coalesce(sum(before - after) filter (after < before), 0)), 0) as value
from moved($start::date, $end::date)
group by member
