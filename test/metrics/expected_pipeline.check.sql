-- amounts expected by the end of the running month that are not omitted
select dims[$dimension] as member, sum(amount) as value from checked_expected where date >= $start and date < $end and category is distinct from 'omitted' group by member
