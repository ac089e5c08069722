-- selling, marketing and campaign cost of the period ÷ customers whose first day lies in it
with spending as (select dims[$dimension] as member, sum(amount) as amount from spent where day >= $start and day < $end and acquires(scope) group by member),
won as (select c.dims[$dimension] as member, count(*) as n from acquired a left join checked_customer c using (customer) where a.day >= $start and a.day < $end group by member)
select won.member, if(spending.amount is null and exists (select 1 from spending s where s.member is not distinct from won.member), null, coalesce(spending.amount, 0)) / n as value
from won left join spending on spending.member is not distinct from won.member
