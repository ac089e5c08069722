-- selling, marketing and campaign cost of the days of the period
select dims[$dimension] as member, sum(amount) as value
from spent where day >= $start and day < $end and acquires(scope)
group by member
