-- points of the period's activities ÷ days with work, each owner's own
with points as (
  select dims[$dimension] as member, sum(coalesce(getvariable('activity_points')[type], 0)) as points from deed where day >= $start and day < $end group by member
),
days as (select dims[$dimension] as member, count(*) as days from checked_work where day >= $start and day < $end group by member)
select days.member, coalesce(points.points, 0) / days.days as value
from days left join points on points.member is not distinct from days.member
