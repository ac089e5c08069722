-- one row per customer and span of days [valid_from, valid_to) from its first order on, in which nothing was ordered,
-- given back or lapsed; key (customer, valid_from)
-- sources: int_order, int_purchase, int_repurchase?, int_lapse_day, int_customer_dimension?
-- order: valid_from, valid_to, customer
with
money as (
  select customer, order_date as day, sum(amount) as amount
  from int_order
  where customer is not null and not is_cancelled
  group by customer, order_date
),
lapses as (
  select customer, lost_on as day
  from int_purchase join int_lapse_day using (customer, day)
  where lost_on < coalesce(next_day, date '9999-12-31')
),
days as (
  select customer, day from money union select customer, day from lapses
),
summed as (
  select
    days.customer,
    days.day,
    lead(days.day) over by_day as next_day,
    min(purchase.day) over by_day as first_day,
    last_value(lost_on ignore nulls) over by_day > days.day as is_active,
    sum(money.amount) over by_day as revenue,
    1 + count(*) filter (is_upsell) over by_day as upsells,
    1 + count(*) filter (is_cross_sell) over by_day as cross_sells,
    1 + count(*) filter (is_price_rise) over by_day as price_rises
  from days
  left join money using (customer, day)
  left join int_purchase as purchase using (customer, day)
  left join int_lapse_day using (customer, day)
  left join int_repurchase as repurchase using (customer, day)
  window by_day as (partition by days.customer order by days.day)
)
select
  customer,
  day as valid_from,
  coalesce(next_day, date '9999-12-31') as valid_to,
  first_day,
  -- What compares customers at two moments is 0 while they are lost.
  is_active::tinyint as active,
  (is_active::integer * upsells)::integer as upsells,
  (is_active::integer * cross_sells)::integer as cross_sells,
  (is_active::integer * price_rises)::integer as price_rises,
  revenue::decimal(28, 6) as revenue,
  owner,
  team,
  region,
  source,
  segment
from summed left join int_customer_dimension using (customer)
where first_day is not null
