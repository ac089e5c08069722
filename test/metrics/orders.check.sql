-- orders placed in the period that stand: not cancelled, no returns
select dims[$dimension] as member, count(*) as value
from checked_order where day >= $start and day < $end and not called_off and not given_back
group by member
