-- the smaller of what was paid at both ends ÷ revenue at the start
select dims[$dimension] as member, (coalesce(sum(least(before, after)) filter (before is not null and after is not null), 0))::double / nullif(sum(before), 0) as value
from moved($start::date, $end::date)
group by member
