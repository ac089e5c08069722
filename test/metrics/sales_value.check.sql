-- amounts of the orders and returns of the period that were not cancelled
select dims[$dimension] as member, sum(amount) as value
from checked_order where day >= $start and day < $end and not called_off
group by member
