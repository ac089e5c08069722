-- 100 % − (lost − expansion) ÷ revenue 30 days before the period's end
select dims[$dimension] as member, (sum(before) - (coalesce(sum(before) filter (after is null), 0) - coalesce(sum(after - before) filter (after > before), 0)))::double / nullif(sum(before), 0) as value
from moved($end::date - 30, $end::date)
group by member
