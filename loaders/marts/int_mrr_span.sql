-- one row per subscription and span of days [valid_from, valid_to) with the same monthly value and plan while it is paid
-- for; a customer's gap of fewer days than grace without any is bridged by what went before it; key (subscription_id, valid_from)
-- sources: int_subscription, int_subscription_change, int_customer_dimension?, fx_rate?
with
paid as (
  select
    subscription_id, customer_id, customer, change.day as valid_from, change.next_day as valid_to, change.plan, product,
    change.mrr, currency, reason, is_involuntary, ended_on, cancelled_on
  from int_subscription_change as change join int_subscription using (subscription_id)
  where change.day < change.next_day and (change.mrr > 0 or change.mrr is null)
),
served as (
  select
    *,
    max(valid_to) over (
      partition by customer order by valid_from, valid_to, subscription_id rows between unbounded preceding and 1 preceding
    ) as before_to
  from paid
),
gaps as (
  select customer, before_to as gap_from, max(valid_from) as gap_to
  from served
  where valid_from > before_to
  group by customer, before_to
),
bridged as (
  select
    paid.* replace (coalesce(gap_to, valid_to) as valid_to),
    -- Notice of one who was back within those days counts as none.
    case when not coalesce(bool_or(valid_to = ended_on and gap_to is not null) over (partition by subscription_id), false)
      then cancelled_on end as notice_on
  from paid
  left join gaps on paid.customer = gaps.customer and valid_to = gap_from and gap_to - gap_from < $grace_days
),
-- How many times the customer had left before: what lies between is one stay.
stays as (
  select bridged.*, count(gap_to) as stay
  from bridged
  left join gaps on bridged.customer = gaps.customer and gap_to - gap_from >= $grace_days and gap_to <= valid_from
  group by all
),
ends as (
  select customer, stay, max(valid_to) as left_date from stays group by customer, stay having max(valid_to) <= $as_of
),
-- Why a customer is gone is what its last subscription says; at once, the one that was worth most.
leaves as (
  select
    customer,
    min(valid_from) as first_day,
    max(valid_to) <= $as_of as is_gone,
    arg_max_null(reason, {'day': valid_to, 'mrr': coalesce(mrr, 0), 'id': subscription_id}) as reason,
    arg_max(is_involuntary, {'day': valid_to, 'mrr': coalesce(mrr, 0), 'id': subscription_id}) as is_involuntary
  from bridged
  group by customer
),
rates as (
  select currency, arg_max_null(rate, date) as rate from fx_rate where date <= $as_of group by currency
)
select
  subscription_id,
  customer_id as account_id,
  customer,
  valid_from,
  valid_to,
  notice_on,
  first_day,
  left_date,
  -- All days at the rate of $as_of, so that rates move nothing.
  case when stays.currency = $currency then mrr else (mrr * rate)::decimal(18, 2) end as mrr,
  -- In its own currency.
  mrr as own,
  stays.currency,
  plan,
  product,
  -- Who came back has none: the same all along, so that losses by reason add up to all of them.
  case when is_gone then leaves.reason end as reason,
  is_gone and leaves.is_involuntary as is_involuntary,
  owner,
  team,
  region,
  source,
  segment
from stays
join leaves using (customer)
left join ends using (customer, stay)
left join rates on stays.currency = rates.currency
left join int_customer_dimension using (customer_id, customer)
