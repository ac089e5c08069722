-- one row per opportunity and span of days [valid_from, valid_to) while open with the same owner, stage, amount,
-- probability and expected close date; key (opportunity_id, valid_from)
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
    coalesce(lead(day) over (partition by opportunity_id order by day), date '9999-12-31') as next_day,
    case when not has_stage_events then standing.closed_date end as closed_date,
    coalesce(change.state, case when standing.closed_date is null then standing.state else 'open' end) as held_state
  from int_opportunity_change as change
  join int_opportunity as standing using (opportunity_id)
  left join dim_stage on change.stage = dim_stage.stage
  where standing.created_date is not null or standing.state = 'open'
),
open_days as (
  select *, day as valid_from, least(next_day, closed_date) as valid_to
  from changes
  where held_state = 'open' and day < least(next_day, closed_date)
),
islands as (
  select
    *,
    count(*) filter (is_new) over (partition by opportunity_id order by valid_from) as island
  from (
    select
      *,
      row(valid_from, stage, amount, probability, expected_close_date, owner_id) is distinct from
        lag(row(valid_to, stage, amount, probability, expected_close_date, owner_id))
        over (partition by opportunity_id order by valid_from) as is_new
    from open_days
  )
),
spans as (
  select
    opportunity_id, island, stage, amount, probability, expected_close_date, owner_id, is_undated,
    min(valid_from) as valid_from,
    max(valid_to) as valid_to,
    $as_of::date as rate_date
  from islands
  group by all
),
-- A stock is valued at the rate of $as_of.
converted as (
  select
    spans.* exclude (amount, island),
    case when dimension.currency = $currency then spans.amount else (spans.amount * rate)::decimal(18, 2) end as amount,
    dimension.* exclude (opportunity_id, currency)
  from spans
  join int_opportunity_dimension as dimension using (opportunity_id)
  asof left join fx_rate on dimension.currency = fx_rate.currency and spans.rate_date >= fx_rate.date
)
select
  opportunity_id,
  account_id,
  valid_from,
  valid_to,
  is_undated,
  converted.stage,
  amount,
  coalesce(converted.probability::decimal(5, 4), dim_stage.probability) as probability,
  expected_close_date,
  owner,
  team,
  coalesce(own_region, dim_owner.region, account_region) as region,
  source,
  product,
  segment
from converted
left join dim_owner on converted.owner_id = dim_owner.user_id
left join dim_stage on converted.stage = dim_stage.stage
