-- one row per order or return that exists on $as_of; a customer's orders of one day are one purchase, told by the first
-- of them; key (order_id)
-- sources: int_order, int_purchase
-- custom: sales_order
-- order: order_date, customer, owner
select
  int_order.order_id,
  int_order.customer,
  order_date,
  is_cancelled,
  is_return,
  not is_cancelled and not is_return as is_order,
  case when not is_cancelled and not is_return and int_order.customer is not null
    then row_number() over (partition by int_order.customer, is_cancelled, is_return order by order_date, order_id) end as order_number,
  purchase.number as purchase_number,
  (purchase.day - purchase.previous_day)::integer as days_since_previous,
  (coalesce(purchase.next_day, $as_of) - purchase.day)::integer as days_to_next,
  case when purchase.day is not null then purchase.next_day is not null end as has_next,
  int_order.amount,
  constant_amount,
  case when unit <> $currency then net_amount end as own_amount,
  unit as currency,
  min(purchase.day) over (partition by int_order.customer) as first_order_date,
  unrated_currency,
  reason,
  owner,
  team,
  region,
  source,
  product,
  segment
from int_order left join int_purchase as purchase using (order_id)
