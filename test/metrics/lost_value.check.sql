-- amounts of the opportunities lost in the period
select dims[$dimension] as member, sum(amount) as value
from checked_opportunity where outcome = 'lost' and closed_on >= $start and closed_on < $end
group by member
