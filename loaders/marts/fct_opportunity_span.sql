-- one row per opportunity and span of days [valid_from, valid_to) while open with the same owner, stage, amount,
-- probability, forecast category and expected close date; from the month after that date on, what is overdue has a row of
-- its own; key (opportunity_id, valid_from)
-- sources: int_opportunity, int_opportunity_change, int_opportunity_dimension, dim_owner, dim_stage, fx_rate?
-- custom: opportunity, account
-- order: valid_from, valid_to, owner
with
changes as (
  select
    -- A closed stage tells nothing of the time while open.
    change.* replace (
      case when has_stage_events or dim_stage.state is null or dim_stage.state = 'open' then change.stage end as stage,
      case when has_stage_events or dim_stage.state is null or dim_stage.state = 'open' then change.probability end as probability
    ),
    standing.created_date is null as is_undated,
    case when not has_stage_events then standing.closed_date end as closed_date,
    coalesce(change.state, case when standing.closed_date is null then standing.state else 'open' end) as held_state
  from int_opportunity_change as change
  join int_opportunity as standing using (opportunity_id)
  left join dim_stage on change.stage = dim_stage.stage
  where standing.created_date is not null or standing.state = 'open'
),
open_days as (
  select *, day as valid_from, least(coalesce(next_day, date '9999-12-31'), closed_date) as valid_to
  from changes
  where held_state = 'open' and day < least(coalesce(next_day, date '9999-12-31'), closed_date)
),
beginnings as (
  select
    *,
    lag(valid_to) over by_day as before_to,
    max(valid_to) over (partition by opportunity_id) as last_to
  from open_days
  window by_day as (partition by opportunity_id order by valid_from)
  qualify valid_from is distinct from before_to
    or stage is distinct from lag(stage) over by_day
    or amount is distinct from lag(amount) over by_day
    or probability is distinct from lag(probability) over by_day
    or expected_close_date is distinct from lag(expected_close_date) over by_day
    or forecast_category is distinct from lag(forecast_category) over by_day
    or owner_id is distinct from lag(owner_id) over by_day
),
spans as (
  select
    * exclude (valid_to, before_to, last_to),
    -- A span ends where the row before the next one ended.
    coalesce(lead(before_to) over (partition by opportunity_id order by valid_from), last_to) as valid_to
  from beginnings
),
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
  from spans
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
