-- one row per opportunity and span of days [valid_from, valid_to) while open with the same owner, stage, amount, probability,
-- forecast category and expected close date, and with the days that it had been in that stage before, other visits to it
-- added up; amounts in their own currency; key (opportunity_id, valid_from)
-- sources: int_opportunity, int_opportunity_change, dim_stage
with
changes as (
  select
    -- A closed stage tells nothing of the time while open.
    change.* replace (
      case when has_stage_events or dim_stage.state is null or dim_stage.state = 'open' then change.stage end as stage,
      case when has_stage_events or dim_stage.state is null or dim_stage.state = 'open' then change.probability end as probability
    ),
    standing.created_date is null as is_undated,
    has_stage_events,
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
    *,
    -- A span ends where the row before the next one ended.
    coalesce(lead(before_to) over (partition by opportunity_id order by valid_from), last_to) as until
  from beginnings
)
select
  opportunity_id,
  valid_from,
  until as valid_to,
  is_undated,
  has_stage_events,
  stage,
  coalesce(sum(until - valid_from) over before, 0)::integer as days_in_stage,
  amount,
  probability,
  expected_close_date,
  forecast_category,
  owner_id
from spans
window before as (partition by opportunity_id, stage order by valid_from rows between unbounded preceding and 1 preceding)
