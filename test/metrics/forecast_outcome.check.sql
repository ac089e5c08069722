-- revenue won in the periods that ended in the period, of those of whom there was a forecast: commit, as they stood when the period began
select dims[$dimension] as member, sum(amount) as value from checked_outcome
where moment = 'start' and category = 'commit' and date >= $start and date < $end group by member
