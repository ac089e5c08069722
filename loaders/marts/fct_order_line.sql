-- one row per line of an order or return that was not cancelled, and one for what the lines of an order leave of its
-- value; key (order_id, line_id)
-- sources: int_order, order_line?, product?, fx_rate?
-- custom: sales_order
-- order: order_date, customer, owner
with
counted as (
  from int_order where not is_cancelled
),
lines as (
  select
    order_id,
    line_id,
    coalesce(product.name, order_line.product_id) as line_product,
    product.family,
    quantity,
    order_line.net_amount,
    cost_amount,
    coalesce(upper(order_line.currency), unit) as line_unit
  from counted join order_line using (order_id) left join product using (product_id)
),
-- Carriage, discounts, and orders whose lines were not exported: part of the sale, of no product and of unknown cost.
rests as (
  select order_id, '' as line_id, amount_rest as net_amount, unit as line_unit
  from (
    select order_id, unit, any_value(counted.net_amount) - coalesce(sum(lines.net_amount), 0) as amount_rest
    from counted left join lines using (order_id)
    group by order_id, unit
    having coalesce(bool_and(line_unit = unit), true)
  )
  where amount_rest <> 0
),
parts as (
  from lines union all by name from rests
),
priced as (
  select counted.* exclude (order_id, net_amount, product), parts.* from parts join counted using (order_id)
),
rates as (
  select line_unit, order_date, rate
  from (select distinct line_unit, order_date from priced where line_unit <> $currency) as days
  asof join fx_rate on line_unit = fx_rate.currency and order_date >= fx_rate.date
),
converted as (
  select
    priced.* exclude (amount, unrated_currency),
    case when line_unit = $currency then net_amount else net_amount * rate end::decimal(28, 6) as amount,
    case when line_unit = $currency then cost_amount else cost_amount * rate end::decimal(28, 6) as cost,
    case when line_unit <> $currency and rate is null then line_unit end as unrated_currency
  from priced left join rates using (line_unit, order_date)
)
select
  order_id,
  line_id,
  customer,
  order_date,
  is_return,
  family,
  quantity,
  amount,
  cost,
  amount - cost as gross_profit,
  case when cost is not null then amount end as costed_amount,
  unrated_currency,
  owner,
  team,
  region,
  source,
  line_product as product,
  segment
from converted
