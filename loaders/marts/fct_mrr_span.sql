-- one row per subscription and span of days [valid_from, valid_to) with the same monthly value and plan while it is paid
-- for, and the same rate of exchange: a month is valued at its last rate, the running one at that of $as_of; own is the
-- value in a currency other than the report's, rate that rate; paid_from and paid_to are the days of a span that is parted by rates alone;
-- key (subscription_id, valid_from)
-- sources: int_mrr_span, fx_rate?
-- custom: account, subscription
-- order: valid_from, valid_to, customer
-- record: account_id
with
months as (
  select unnest(generate_series(date_trunc('month', min(valid_from)), date_trunc('month', $as_of::date), interval 1 month))::date as month
  from int_mrr_span
),
currencies as (
  select distinct currency from int_mrr_span where currency <> $currency
),
closings as (
  select currency, month, least(last_day(month), $as_of::date) as closing from currencies cross join months
),
rated as (
  select closings.currency, month, rate
  from closings asof left join fx_rate on closings.currency = fx_rate.currency and closing >= fx_rate.date
),
changes as (
  select currency, month, rate, lag(month) over by_month is null as is_first
  from rated
  window by_month as (partition by currency order by month)
  qualify is_first or rate is distinct from lag(rate) over by_month
),
rates as (
  select
    currency,
    case when is_first then date '0001-01-01' else month end as rate_from,
    coalesce(lead(month) over (partition by currency order by month), date '9999-12-31') as rate_to,
    rate
  from changes
),
valued as (
  select
    spans.*,
    greatest(valid_from, coalesce(rate_from, valid_from)) as piece_from,
    least(valid_to, coalesce(rate_to, valid_to)) as piece_to,
    rate
  from int_mrr_span as spans left join rates on spans.currency = rates.currency and valid_from < rate_to and valid_to > rate_from
)
select
  subscription_id,
  account_id,
  customer,
  piece_from as valid_from,
  piece_to as valid_to,
  case when piece_from > valid_from or piece_to < valid_to then valid_from end as paid_from,
  case when piece_from > valid_from or piece_to < valid_to then valid_to end as paid_to,
  -- The same, where a customer has left once notice is given.
  least(piece_to, greatest(piece_from, coalesce(notice_on, piece_to))) as notice_to,
  -- The same, where a customer who has left is there one day longer.
  case when piece_to = left_date then piece_to + 1 else piece_to end as day_after_to,
  first_day,
  left_date,
  case when currency = $currency then own else (own * rate)::decimal(18, 2) end as mrr,
  case when currency <> $currency then own end as own,
  rate,
  currency,
  case when own is not null and currency <> $currency and rate is null then currency end as unrated_currency,
  plan,
  product,
  reason,
  is_involuntary,
  owner,
  team,
  region,
  source,
  segment
from valued
