-- (new + expansion + reactivation) ÷ (lost + contraction), of the twelve months up to the period's end
select dims[$dimension] as member,
  (coalesce(sum(after) filter (before is null), 0) + coalesce(sum(after - before) filter (after > before), 0))::double
    / nullif(coalesce(sum(before) filter (after is null), 0) + coalesce(sum(before - after) filter (after < before), 0), 0) as value
from moved(($end::date - interval 12 months)::date, $end::date)
group by member
