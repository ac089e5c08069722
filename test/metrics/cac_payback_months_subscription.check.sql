-- cost of the period ÷ its new customers, ÷ what a paying customer pays a month on its last day × margin of twelve months
with bounds as (select ($end::date - interval 12 months)::date as a, $end::date as b),
paid as (
  select dims[$dimension] as member, sum(value) / count(distinct customer) as each from paid_day, bounds where day = b - 1 group by member
),
margin as (
  select dims[$dimension] as member, sum(amount - cost) / nullif(sum(amount), 0) as share
  from checked_line, bounds where day >= a and day < b and cost is not null group by member
),
spending as (select dims[$dimension] as member, sum(amount) as amount from spent where day >= $start and day < $end and acquires(scope) group by member),
won as (select c.dims[$dimension] as member, count(*) as n from acquired q left join checked_customer c using (customer) where q.day >= $start and q.day < $end group by member)
select won.member, coalesce(spending.amount, 0) / n / nullif(each * margin.share, 0) as value
from won left join spending on spending.member is not distinct from won.member
join paid on paid.member is not distinct from won.member join margin on margin.member is not distinct from won.member
