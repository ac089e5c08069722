-- amounts of the lines of orders and returns of the period that were not cancelled, and what the lines leave of the orders
select dims[$dimension] as member, sum(amount) as value
from checked_line where day >= $start and day < $end
group by member
