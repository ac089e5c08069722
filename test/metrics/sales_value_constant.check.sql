-- the same amounts, all at the rate of as-of
select dims[$dimension] as member, sum(constant_amount) as value
from checked_order where day >= $start and day < $end and not called_off
group by member
