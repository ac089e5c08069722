-- one row per opportunity and span of days [valid_from, valid_to) in one state, while open with the same owner, amount and
-- expected close date; a closed one is due on the day it closed, has the owner of that day and the latest amount; key
-- (opportunity, valid_from)
-- sources: int_opportunity, int_opportunity_change, int_opportunity_dimension, dim_owner, fx_rate?
-- custom: opportunity, account
-- order: valid_from, valid_to, opportunity
with
standing as (
  select *, row_number() over (order by opportunity_id) as opportunity
  from int_opportunity
  where created_date is not null
),
changes as (
  select
    change.opportunity_id, day, coalesce(next_day, date '9999-12-31') as past_day, change.state, amount, expected_close_date,
    owner_id, opportunity, has_stage_events, standing.state as last_state, closed_date
  from int_opportunity_change as change join standing using (opportunity_id)
),
-- Without events a record is open until the day it says it closed.
pieces as (
  select
    * exclude (state, last_state),
    case when has_stage_events then state when closed_date is null then last_state else 'open' end as state,
    day as valid_from,
    case when has_stage_events or closed_date is null then past_day else least(past_day, closed_date) end as valid_to
  from changes
  union all by name
  select * exclude (state, last_state), last_state as state, greatest(day, closed_date) as valid_from, past_day as valid_to
  from changes
  where not has_stage_events and closed_date is not null
),
marked as (
  select
    *,
    state is distinct from lag(state) over by_day or state = 'open' and (
      amount is distinct from lag(amount) over by_day
      or expected_close_date is distinct from lag(expected_close_date) over by_day
      or owner_id is distinct from lag(owner_id) over by_day
    ) as begins
  from pieces
  where valid_from < valid_to
  window by_day as (partition by opportunity_id order by valid_from)
),
numbered as (
  select *, count(*) filter (begins) over (partition by opportunity_id order by valid_from rows unbounded preceding) as run
  from marked
),
spans as (
  select
    opportunity_id, opportunity, state,
    min(valid_from) as valid_from,
    max(valid_to) as valid_to,
    arg_max_null(amount, valid_from) as amount,
    arg_min_null(owner_id, valid_from) as owner_id,
    case
      when state = 'open' then any_value(expected_close_date)
      when has_stage_events then min(valid_from)
      else any_value(closed_date)
    end as due_date
  from numbered
  group by opportunity_id, opportunity, run, state, has_stage_events
),
rates as (
  select currency, arg_max_null(rate, date) as rate from fx_rate where date <= $as_of group by currency
),
-- A stock is valued at the rate of $as_of, and so is what it becomes.
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
)
select
  opportunity_id,
  account_id,
  opportunity::integer as opportunity,
  valid_from,
  valid_to,
  min(valid_from) over (partition by opportunity) as first_day,
  state,
  due_date,
  amount,
  unrated_currency,
  owner,
  team,
  coalesce(own_region, dim_owner.region, account_region) as region,
  source,
  product,
  segment
from converted left join dim_owner on converted.owner_id = dim_owner.user_id
