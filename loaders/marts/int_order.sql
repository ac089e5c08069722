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
  select order_id, arg_min(product_id, {'size': -abs(net_amount), 'line': line_id}) as product_id
  from order_line
  where product_id is not null
  group by order_id
),
-- Whose account is not in the data is a customer all the same; deleted accounts have no number.
strangers as (
  select account_id, stranger
  from (select account_id, -row_number() over (order by account_id) as stranger from (select distinct account_id from records where account_id is not null))
  anti join int_customer using (account_id)
),
latest_rates as (
  select currency, arg_max(rate, date) as rate from fx_rate where date <= $as_of group by currency
),
rates as (
  select unit, order_date, rate
  from (select distinct unit, order_date from records where unit <> $currency) as days
  asof join fx_rate on unit = fx_rate.currency and order_date >= fx_rate.date
)
-- Flows convert at the rate of their day; at one rate for all days, that of $as_of, currencies move nothing. Six decimals:
-- an order is then what its lines add up to, to the cent.
select
  order_id,
  records.order_date,
  unit,
  net_amount,
  is_return,
  is_cancelled,
  case when is_cancelled then cancel_reason end as reason,
  case when unit = $currency then net_amount else net_amount * rates.rate end::decimal(28, 6) as amount,
  case when unit = $currency then net_amount else net_amount * latest_rates.rate end::decimal(28, 6) as constant_amount,
  case when unit <> $currency and rates.rate is null then unit end as unrated_currency,
  case when int_customer.account_id is not null then customer.customer when account_left_out is null then stranger end::integer as customer,
  dim_owner.owner,
  dim_owner.team,
  coalesce(dim_owner.region, customer.region) as region,
  coalesce(opportunity.source, customer.source) as source,
  coalesce(product.name, main_products.product_id) as product,
  coalesce(opportunity.segment, customer.segment) as segment
from records
left join rates using (unit, order_date)
left join latest_rates on unit = latest_rates.currency
left join dim_owner on records.owner_id = dim_owner.user_id
left join int_customer using (account_id)
left join strangers using (account_id)
left join int_customer_dimension as customer using (customer_id)
left join int_opportunity_dimension as opportunity using (opportunity_id)
left join main_products using (order_id)
left join product on main_products.product_id = product.product_id
