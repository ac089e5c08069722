-- one row per customer, thing that happens to it and day, until $as_of: it buys, gives back, is won, begins to subscribe,
-- subscribes as a month ends, is spoken with; key (customer, event, day)
-- sources: int_purchase?, int_order?, sales_order?, fct_order_line?, fct_opportunity?, int_mrr_span?, int_activity?, int_customer?, int_customer_dimension?, dim_owner?, left_out?
-- order: event, customer, day
with
profits as (
  select customer, order_date as day, is_return, sum(gross_profit) as margin
  from fct_order_line
  where gross_profit is not null
  group by customer, order_date, is_return
),
purchases as (
  select 'purchase' as event, int_purchase.customer, int_purchase.day, number, int_purchase.amount as value, margin, owner, team, region, source, product, segment
  from int_purchase
  join int_order using (order_id)
  left join profits on int_purchase.customer = profits.customer and int_purchase.day = profits.day and not profits.is_return
),
given_back as (
  select customer, order_date as day, sum(amount) as value
  from int_order
  where is_return and not is_cancelled and customer is not null
  group by customer, order_date
),
refunds as (
  select 'refund' as event, customer, day, value, margin, owner, team, region, source, segment
  from given_back
  left join (from profits where is_return) as profits using (customer, day)
  left join int_customer_dimension using (customer)
),
accounts_left_out as (
  select distinct id as account_id from left_out where table_name = 'account'
),
-- Whose account is not in the data is a customer all the same, that of its orders where it has some.
strangers as (
  select account_id, coalesce(min(int_order.customer), -1000000000 - dense_rank() over (order by account_id))::integer as customer
  from (
    select account_id from fct_opportunity where is_won
    union
    select account_id from int_activity
  )
  left join sales_order using (account_id)
  left join int_order on sales_order.order_id = int_order.order_id and int_order.customer < 0
  where account_id is not null and account_id not in (select account_id from int_customer) and account_id not in (from accounts_left_out)
  group by account_id
),
known as (
  select account_id, customer, region, source, segment
  from int_customer join int_customer_dimension using (customer_id)
  union all by name
  select account_id, customer from strangers
),
wins as (
  select 'win' as event, known.customer, won_date as day, opportunity_id as record, amount as value, owner, team, won.region, won.source, product, won.segment
  from fct_opportunity as won join known using (account_id)
  where won_date is not null
),
stays as (
  select *, min(valid_from) over (partition by customer, left_date) as day from int_mrr_span
),
starts as (
  select 'subscription_start' as event, customer, day, subscription_id as record, mrr as value, owner, team, region, source, product, plan, segment
  from stays
  where valid_from = day
),
month_ends as (
  select (unnest(generate_series(date_trunc('month', first_day), $as_of::date, interval 1 month)) + interval 1 month - interval 1 day)::date as day
  from (select min(valid_from) as first_day from int_mrr_span)
),
subscribed as (
  select 'subscribed' as event, customer, day, sum(mrr) as value
  from int_mrr_span join month_ends on day >= valid_from and day < valid_to
  where day <= $as_of
  group by customer, day
),
contacts as (
  select 'activity' as event, known.customer, date as day, activity_id as record, owner, team, coalesce(dim_owner.region, known.region) as region, source, segment
  from int_activity
  join known using (account_id)
  left join dim_owner on owner_id = user_id
),
-- Several on one day are one, told by the first of them.
daily as (
  select
    event, customer, day,
    sum(value) as value,
    arg_min_null({'owner': owner, 'team': team, 'region': region, 'source': source, 'product': product, 'plan': plan, 'segment': segment}, record) as first
  from (from wins union all by name from starts union all by name from contacts)
  group by event, customer, day
),
happened as (
  from purchases
  union all by name
  from refunds
  union all by name
  select * exclude (first), unnest(first), row_number() over (partition by event, customer order by day) as number from daily
  union all by name
  from subscribed left join (select customer, region, source, segment from int_customer_dimension) using (customer)
)
select
  customer,
  event,
  day,
  -- 1 for the first of its kind ever.
  number::integer as number,
  value::decimal(28, 6) as value,
  margin::decimal(28, 6) as margin,
  owner,
  team,
  region,
  source,
  product,
  plan,
  segment
from happened
