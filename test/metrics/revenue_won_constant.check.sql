-- sum of the amounts of the opportunities won in the period, each at the last rate known by as-of
select dims[$dimension] as member, sum(constant_amount)::double as value
from checked_opportunity where outcome = 'won' and closed_on >= $start and closed_on < $end
group by member
