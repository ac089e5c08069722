-- lifetime value of who pays a subscription ÷ cost of the twelve months per new customer of these
with bounds as (select ($end::date - interval 12 months)::date as a, $end::date as b),
paid as (
  select dims[$dimension] as member, sum(value) / count(distinct customer) as each from paid_day, bounds where day = b - 1 group by member
),
margin as (
  select dims[$dimension] as member, sum(amount - cost) / nullif(sum(amount), 0) as share
  from checked_line, bounds where day >= a and day < b and cost is not null group by member
),
loss as (
  select dims[$dimension] as member, avg(if(after is null, 1, 0)) as share
  from moved(($end::date - interval 12 months)::date, $end::date) where before is not null group by member
),
spending as (select dims[$dimension] as member, sum(amount) as amount from spent, bounds where day >= a and day < b and acquires(scope) group by member),
won as (select c.dims[$dimension] as member, count(*) as n from acquired q cross join bounds left join checked_customer c using (customer) where q.day >= a and q.day < b group by member)
select paid.member, 12 * each * margin.share * least(10, 1 / loss.share) / nullif(spending.amount / n, 0) as value
from paid join margin on margin.member is not distinct from paid.member join loss on loss.member is not distinct from paid.member
join won on won.member is not distinct from paid.member join spending on spending.member is not distinct from paid.member
where loss.share > 0
