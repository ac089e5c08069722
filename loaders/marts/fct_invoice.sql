-- one row per invoice or credit note up to $as_of; key (invoice_id)
-- sources: invoice, int_order?, int_customer?, int_customer_dimension?, left_out?, fx_rate?
-- order: invoice_date, customer, owner
with
tests as (
  select id as account_id from left_out where table_name = 'account' and why = 'test'
),
records as (
  select *, coalesce(upper(currency), $currency) as unit
  from invoice anti join tests using (account_id)
  where deleted is not true and invoice_date <= $as_of
),
converted as (
  select
    invoice_id,
    case when unit = $currency then net_amount else net_amount * rate end::decimal(28, 6) as amount,
    case when unit <> $currency and rate is null then unit end as unrated_currency
  from records asof left join fx_rate on records.unit = fx_rate.currency and records.invoice_date >= fx_rate.date
)
select
  invoice_id,
  coalesce(customer.customer, int_order.customer) as customer,
  invoice_date,
  converted.amount,
  converted.unrated_currency,
  coalesce(int_order.owner, customer.owner) as owner,
  coalesce(int_order.team, customer.team) as team,
  coalesce(int_order.region, customer.region) as region,
  coalesce(int_order.source, customer.source) as source,
  coalesce(int_order.segment, customer.segment) as segment
from records
join converted using (invoice_id)
left join int_order using (order_id)
left join int_customer on records.account_id = int_customer.account_id
left join int_customer_dimension as customer using (customer_id)
