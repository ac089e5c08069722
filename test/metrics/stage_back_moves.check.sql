-- entries into an earlier stage than the one before, by the day the stage was first entered
select dims[$dimension] as member, sum(back) as value from checked_stage where first_day >= $start and first_day < $end group by member
