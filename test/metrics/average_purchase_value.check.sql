-- amounts of orders and returns ÷ orders, of the period; none without an order
select dims[$dimension] as member, sum(amount) / nullif(sum(if(given_back, 0, 1)), 0) as value
from checked_order where day >= $start and day < $end and not called_off
group by member
