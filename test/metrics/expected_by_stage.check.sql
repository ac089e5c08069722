-- amounts expected by the end of the running month × share won of their stage
select dims[$dimension] as member, sum(amount * chance) as value from checked_expected where date >= $start and date < $end group by member
