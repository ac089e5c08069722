-- one row per customer, from the first day on which it ordered or paid for a subscription; key (customer)
-- sources: int_purchase?, fct_order_line?, subscription?, int_customer?, int_customer_dimension?
-- order: first_date, first_order_date, customer
with
purchases as (
  select
    customer,
    min(day) as first_order_date,
    min(day) filter (number = 2) as second_order_date,
    count(*)::integer as purchases
  from int_purchase
  group by customer
),
subscribed as (
  select customer, min(started_on) as first_paid_date
  from subscription join int_customer using (account_id) join int_customer_dimension using (customer_id)
  where subscription.deleted is not true
    and started_on <= $as_of
    and lower(coalesce(status, '')) not in ('trial', 'trialing', 'trialling', 'in_trial', 'draft', 'incomplete', 'incomplete_expired')
  group by customer
),
-- What customers brought in the first days after their first order; not known before these have passed.
margins as (
  select
    customer,
    sum(gross_profit) filter (order_date <= first_order_date + 90 and first_order_date + 90 <= $as_of) as margin_90,
    sum(gross_profit) filter (order_date <= first_order_date + 180 and first_order_date + 180 <= $as_of) as margin_180,
    sum(gross_profit) filter (order_date <= first_order_date + 365 and first_order_date + 365 <= $as_of) as margin_365,
    sum(gross_profit) filter (order_date <= first_order_date + 730 and first_order_date + 730 <= $as_of) as margin_730
  from fct_order_line join purchases using (customer)
  where order_date >= first_order_date
  group by customer
)
select
  customer,
  least(first_order_date, first_paid_date) as first_date,
  first_order_date,
  second_order_date,
  purchases,
  margin_90::decimal(28, 6) as margin_90,
  margin_180::decimal(28, 6) as margin_180,
  margin_365::decimal(28, 6) as margin_365,
  margin_730::decimal(28, 6) as margin_730,
  ($as_of - first_order_date)::integer as age_days,
  owner,
  team,
  region,
  source,
  segment
from purchases
full join subscribed using (customer)
left join margins using (customer)
left join int_customer_dimension using (customer)
