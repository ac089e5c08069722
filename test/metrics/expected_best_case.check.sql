-- amounts expected by the end of the running month, committed or best case
select dims[$dimension] as member, sum(amount) as value from checked_expected where date >= $start and date < $end and category in ('commit', 'best case') group by member
