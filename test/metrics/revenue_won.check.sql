-- amounts of the opportunities won in the period
select dims[$dimension] as member, sum(amount) as value
from checked_opportunity where outcome = 'won' and closed_on >= $start and closed_on < $end
group by member
