-- one row per opportunity and span of days [valid_from, valid_to) while open with the same owner, stage, amount,
-- probability, forecast category and expected close date; from the month after that date on, what is overdue has a row of
-- its own; key (opportunity_id, valid_from)
-- sources: int_open_span, int_opportunity_dimension, dim_owner, dim_stage, fx_rate?
-- custom: opportunity, account
-- order: valid_from, valid_to, owner
with
rates as (
  select currency, arg_max_null(rate, date) as rate from fx_rate where date <= $as_of group by currency
),
-- A stock is valued at the rate of $as_of.
converted as (
  select
    spans.* exclude (amount),
    case when dimension.currency = $currency then spans.amount else (spans.amount * rate)::decimal(18, 2) end as amount,
    case when spans.amount is not null and dimension.currency <> $currency and rate is null then dimension.currency end
      as unrated_currency,
    dimension.* exclude (opportunity_id, currency)
  from int_open_span as spans
  join int_opportunity_dimension as dimension using (opportunity_id)
  left join rates on dimension.currency = rates.currency
),
months as (
  select *, (date_trunc('month', expected_close_date) + interval 1 month)::date as past_month from converted
),
parted as (
  select
    * replace (case when past_month <= $as_of then least(valid_to, past_month) else valid_to end as valid_to),
    strftime(expected_close_date, '%Y-%m') as close_month
  from months
  where past_month is null or valid_from < past_month
  union all
  select * replace (greatest(valid_from, past_month) as valid_from), 'overdue'
  from months
  where past_month < valid_to and past_month <= $as_of
)
select
  opportunity_id,
  account_id,
  valid_from,
  valid_to,
  is_undated,
  parted.stage,
  amount,
  unrated_currency,
  coalesce(parted.probability::decimal(5, 4), dim_stage.probability) as probability,
  expected_close_date,
  close_month,
  nullif(forecast_category, 'closed') as forecast_category,
  owner,
  team,
  coalesce(own_region, dim_owner.region, account_region) as region,
  source,
  product,
  segment
from parted
left join dim_owner on parted.owner_id = dim_owner.user_id
left join dim_stage on parted.stage = dim_stage.stage
