-- profit of the first 365 days of customers first bought in the period, now a year old ÷ cost of the period per new customer of it
with first as (select customer, min(day) as day from checked_purchase group by customer having min(day) >= $start and min(day) < $end and $as_of::date - min(day) >= 365),
brought as (
  select f.customer, (select sum(l.amount - l.cost) from checked_line l where l.customer = f.customer and l.day >= f.day and l.day <= f.day + 365) as profit
  from first f
),
worth as (select c.dims[$dimension] as member, avg(profit) as value from brought left join checked_customer c using (customer) group by member),
spending as (select dims[$dimension] as member, sum(amount) as amount from spent where day >= $start and day < $end and acquires(scope) group by member),
won as (select c.dims[$dimension] as member, count(*) as n from acquired a left join checked_customer c using (customer) where a.day >= $start and a.day < $end group by member),
cost as (
  select won.member, if(spending.amount is null and exists (select 1 from spending s where s.member is not distinct from won.member), null, coalesce(spending.amount, 0)) / n as value
  from won left join spending on spending.member is not distinct from won.member
)
select worth.member, worth.value / nullif(cost.value, 0) as value from worth join cost on cost.member is not distinct from worth.member
