-- amounts open on the last day of a month, or as-of, and expected to close in it
select dims[$dimension] as member, sum(amount) as value from checked_pipeline_due where moment = 'end' and date >= $start and date < $end group by member
