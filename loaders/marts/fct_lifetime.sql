-- one row per customer who ever paid for a subscription, or of a set without dates: how old its first stay was when it was
-- first observed (none: from its start) and when it left or was last seen, in days; key (lifetime_id)
-- sources: int_mrr_span?, int_tenure?
-- custom: account, subscription, tenure
-- order: exit_age, entry_age
with
-- A gap of fewer days than grace is no end, one of more is: who comes back later has left all the same, and is counted once.
firsts as (
  select customer, min(valid_from) as first_day, min(left_date) as left_date, coalesce(min(left_date), $as_of + 1)::date as last_day
  from int_mrr_span
  group by customer
),
paid as (
  select
    customer,
    any_value(first_day) as first_day,
    any_value(firsts.left_date) as left_date,
    any_value(last_day) as last_day,
    -- What it paid a month, on average over its stay; of several subscriptions the sum.
    (sum(mrr * (least(valid_to, last_day) - valid_from)) / nullif(any_value(last_day) - any_value(first_day), 0))::decimal(18, 2) as monthly_value,
    -- As it began: the plan worth most on the first day.
    arg_max(int_mrr_span, {'day': -epoch(valid_from), 'mrr': coalesce(mrr, 0), 'id': subscription_id}) as began
  from int_mrr_span join firsts using (customer, first_day)
  where valid_from < last_day
  group by customer
)
select
  concat('customer ', customer) as lifetime_id,
  began.subscription_id as subscription_id,
  began.account_id as account_id,
  null::varchar as entity_id,
  -- Of those who came before departures are recorded nobody knows who had left by then.
  case when first_day < $observed_from::date then ($observed_from::date - first_day)::decimal(14, 4) end as entry_age,
  (last_day - first_day)::decimal(14, 4) as exit_age,
  left_date is not null as has_left,
  monthly_value,
  began.plan as plan,
  began.owner as owner,
  began.team as team,
  began.region as region,
  began.source as source,
  began.segment as segment
from paid
union all by name
select concat('entity ', entity_id) as lifetime_id, entity_id, entry_age, exit_age, has_left, monthly_value, segment
from int_tenure
-- The same customers by dates say more.
where not exists (select 1 from int_mrr_span)
