-- selling, marketing and campaign cost of the days that lie the median cycle of all won opportunities before the period's
select dims[$dimension] as member, sum(amount) as value
from spent where day + (select ceil(quantile_cont(cycle::double, 0.5))::integer from checked_opportunity where outcome = 'won') >= $start and day + (select ceil(quantile_cont(cycle::double, 0.5))::integer from checked_opportunity where outcome = 'won') < $end and acquires(scope)
group by member
