-- one row per order or return that exists on $as_of, with its customer, its value at the rate of its day and its
-- dimensions; key (order_id)
-- sources: sales_order, int_customer?, int_customer_dimension?, int_opportunity_dimension?, dim_owner?, order_line?, product?, left_out?, fx_rate?
with
left_accounts as (
  select id, min(why) as why from left_out where table_name = 'account' group by id
),
records as (
  select
    sales_order.*,
    coalesce(upper(sales_order.currency), $currency) as unit,
    coalesce(returned, net_amount < 0) as is_return,
    coalesce(cancelled, cancelled_at is not null) and coalesce(local_day(cancelled_at), $as_of) <= $as_of as is_cancelled,
    why as account_left_out
  from sales_order left join left_accounts on id = sales_order.account_id
  where deleted is not true and order_date <= $as_of and why is distinct from 'test'
),
main_products as (
  select order_id, first(product_id order by abs(net_amount) desc, line_id) as product_id
  from order_line
  where product_id is not null
  group by order_id
),
latest_rates as (
  select currency, arg_max(rate, date) as rate from fx_rate where date <= $as_of group by currency
),
-- Flows convert at the rate of their day; at one rate for all days, that of $as_of, currencies move nothing. Six decimals:
-- an order is then what its lines add up to, to the cent.
converted as (
  select
    order_id,
    case when unit = $currency then net_amount else net_amount * fx_rate.rate end::decimal(28, 6) as amount,
    case when unit = $currency then net_amount else net_amount * latest_rates.rate end::decimal(28, 6) as constant_amount,
    case when unit <> $currency and fx_rate.rate is null then unit end as unrated_currency
  from records
  asof left join fx_rate on records.unit = fx_rate.currency and records.order_date >= fx_rate.date
  left join latest_rates on records.unit = latest_rates.currency
)
select
  order_id,
  records.order_date,
  unit,
  net_amount,
  is_return,
  is_cancelled,
  case when is_cancelled then cancel_reason end as reason,
  amount,
  constant_amount,
  unrated_currency,
  -- Whose account is not in the data is a customer all the same; deleted accounts have no number.
  case when int_customer.account_id is null and records.account_id is not null and account_left_out is null
    then -dense_rank() over (order by records.account_id)
    else customer.customer end::integer as customer,
  dim_owner.owner,
  dim_owner.team,
  coalesce(dim_owner.region, customer.region) as region,
  coalesce(opportunity.source, customer.source) as source,
  coalesce(product.name, main_products.product_id) as product,
  coalesce(opportunity.segment, customer.segment) as segment
from records
join converted using (order_id)
left join dim_owner on records.owner_id = dim_owner.user_id
left join int_customer using (account_id)
left join int_customer_dimension as customer using (customer_id)
left join int_opportunity_dimension as opportunity using (opportunity_id)
left join main_products using (order_id)
left join product on main_products.product_id = product.product_id
