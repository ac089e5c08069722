-- cancelled by as-of ÷ placed, of the orders of the period
select dims[$dimension] as member, avg(called_off::integer) as value
from checked_order where day >= $start and day < $end and not given_back
group by member
