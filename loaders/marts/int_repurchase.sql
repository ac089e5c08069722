-- one row per customer and day with an order, with what was new about what was bought; key (customer, day)
-- sources: int_order, order_line, product?
with
bought as (
  select
    customer,
    order_date as day,
    order_line.product_id,
    coalesce(product.family, order_line.product_id) as family,
    coalesce(upper(order_line.currency), unit) as unit,
    -- Without the quantity of each line there is none.
    case when count(quantity) = count(*) then sum(quantity) end as quantity,
    sum(order_line.net_amount) as amount
  from int_order join order_line using (order_id) left join product on order_line.product_id = product.product_id
  where customer is not null and not is_cancelled and not is_return and order_line.product_id is not null
  group by all
),
compared as (
  select
    *,
    amount > lag(amount) over again as is_more_money,
    quantity > lag(quantity) over again as is_larger,
    day = min(day) over (partition by customer, family) as is_first_of_family,
    day > min(day) over (partition by customer) as is_later
  from bought
  window again as (partition by customer, product_id, unit order by day)
)
select
  customer,
  day,
  coalesce(bool_or(is_more_money and coalesce(is_larger, true)), false) as is_upsell,
  -- More money for no more of it: a price that rose.
  coalesce(bool_or(is_more_money and not is_larger), false) as is_price_rise,
  bool_or(is_first_of_family and is_later) as is_cross_sell
from compared
group by customer, day
