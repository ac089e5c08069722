-- orders that stand ÷ their customers, of the period
select dims[$dimension] as member, count(*) / count(distinct customer) as value
from checked_order where day >= $start and day < $end and not called_off and not given_back and customer is not null
group by member
