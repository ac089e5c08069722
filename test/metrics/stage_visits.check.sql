-- entries into open stages, by the day a stage was first entered
select dims[$dimension] as member, sum(visits) as value from checked_stage where first_day >= $start and first_day < $end group by member
