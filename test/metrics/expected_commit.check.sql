-- amounts expected by the end of the running month that are committed
select dims[$dimension] as member, sum(amount) as value from checked_expected where date >= $start and date < $end and category = 'commit' group by member
