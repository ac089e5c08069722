-- the same with the cost of the days that lie the median cycle of all won opportunities earlier
with spending as (select dims[$dimension] as member, sum(amount) as amount from spent where day + (select ceil(quantile_cont(cycle::double, 0.5))::integer from checked_opportunity where outcome = 'won') >= $start and day + (select ceil(quantile_cont(cycle::double, 0.5))::integer from checked_opportunity where outcome = 'won') < $end and acquires(scope) group by member),
won as (select c.dims[$dimension] as member, count(*) as n from acquired a left join checked_customer c using (customer) where a.day >= $start and a.day < $end group by member)
select won.member, if(spending.amount is null and exists (select 1 from spending s where s.member is not distinct from won.member), null, coalesce(spending.amount, 0)) / n as value
from won left join spending on spending.member is not distinct from won.member
