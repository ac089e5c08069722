-- amounts of the opportunities created in the period
select dims[$dimension] as member, sum(amount) as value
from checked_opportunity where created_on >= $start and created_on < $end
group by member
