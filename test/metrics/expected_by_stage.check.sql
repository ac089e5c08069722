-- amounts expected by the end of the running month × share won of their stage, but of those omitted
select dims[$dimension] as member, sum(amount * chance) as value from checked_expected where date >= $start and date < $end and category is distinct from 'omitted' group by member
