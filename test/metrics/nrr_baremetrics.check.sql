-- 100 % − (lost − expansion) ÷ revenue at the start
select dims[$dimension] as member, (sum(before) - (coalesce(sum(before) filter (after is null), 0) - coalesce(sum(after - before) filter (after > before), 0)))::double / nullif(sum(before), 0) as value
from moved($start::date, $end::date)
group by member
