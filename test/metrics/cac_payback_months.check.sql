-- cost of the period ÷ its new customers, ÷ a twelfth of what a customer brings: value × purchases × margin of twelve months
with bounds as (select ($end::date - interval 12 months)::date as a, $end::date as b),
sold as (
  select dims[$dimension] as member, sum(amount) / nullif(sum(if(given_back, 0, 1)), 0) as value,
    sum(if(given_back or customer is null, 0, 1)) / nullif(count(distinct if(given_back, null, customer)), 0) as times
  from checked_order, bounds where day >= a and day < b and not called_off group by member
),
margin as (
  select dims[$dimension] as member, sum(amount - cost) / nullif(sum(amount), 0) as share
  from checked_line, bounds where day >= a and day < b and cost is not null group by member
),
spending as (select dims[$dimension] as member, sum(amount) as amount from spent where day >= $start and day < $end and acquires(scope) group by member),
won as (select c.dims[$dimension] as member, count(*) as n from acquired q left join checked_customer c using (customer) where q.day >= $start and q.day < $end group by member)
select won.member, coalesce(spending.amount, 0) / n / nullif(sold.value * times * margin.share / 12, 0) as value
from won left join spending on spending.member is not distinct from won.member
join sold on sold.member is not distinct from won.member join margin on margin.member is not distinct from won.member
