-- new + returned + expansion − contraction − lost
select dims[$dimension] as member,
  coalesce(sum(after) filter (before is null), 0) + coalesce(sum(after - before) filter (after is not null and before is not null), 0)
    - coalesce(sum(before) filter (after is null), 0) as value
from moved($start::date, $end::date) where before is not null or after is not null
group by member
