-- orders placed in the period and cancelled by as-of
select dims[$dimension] as member, count(*) as value
from checked_order where day >= $start and day < $end and not given_back and called_off
group by member
