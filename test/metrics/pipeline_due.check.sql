-- amounts open on the day before a month and expected to close in it
select dims[$dimension] as member, sum(amount) as value from checked_pipeline_due where moment = 'start' and date >= $start and date < $end group by member
