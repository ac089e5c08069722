-- over twelve months: value of a purchase × purchases of a customer × margin × 1 ÷ share of customers lost, at most 10
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
loss as (
  select c.dims[$dimension] as member, avg(if(buys_on(l.customer, b - 1), 0, 1)) as share
  from checked_lapse l cross join bounds left join checked_customer c using (customer) where buys_on(l.customer, a - 1) group by member
)
select sold.member, sold.value * times * margin.share * least(10, 1 / nullif(loss.share, 0)) as value
from sold join margin on margin.member is not distinct from sold.member join loss on loss.member is not distinct from sold.member
where loss.share > 0
