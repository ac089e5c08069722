-- orders placed in the period, cancelled or not; no returns
select dims[$dimension] as member, count(*) as value
from checked_order where day >= $start and day < $end and not given_back
group by member
