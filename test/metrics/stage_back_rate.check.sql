-- entries into an earlier stage than the one before ÷ entries
select dims[$dimension] as member, sum(back) / sum(visits) as value from checked_stage where first_day >= $start and first_day < $end group by member
