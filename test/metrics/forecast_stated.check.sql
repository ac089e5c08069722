-- forecasts of the periods that ended in the period: commit, as they stood when the period began
select dims[$dimension] as member, sum(amount) as value from checked_stated
where moment = 'start' and category = 'commit' and date >= $start and date < $end group by member
