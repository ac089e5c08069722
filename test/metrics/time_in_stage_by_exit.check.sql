-- median days of the stays that ended in the period
select dims[$dimension] as member, median(days::double) as value from checked_stage where gone >= $start and gone < $end group by member
