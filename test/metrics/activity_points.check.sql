-- what each kind of activity counts by the report's weights; 0 where it has none
select dims[$dimension] as member, sum(coalesce(getvariable('activity_points')[type], 0)) as value
from deed where day >= $start and day < $end
group by member
