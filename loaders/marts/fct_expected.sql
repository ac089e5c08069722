-- one row per opportunity open on $as_of, not omitted from forecasts and expected to close by the end of its month, overdue
-- ones too, in that month; key (opportunity_id)
-- sources: fct_opportunity_span, fct_stage_visit, int_stage_chance
-- custom: opportunity
-- order: date, owner
with
bounds as (
  select min(valid_from) as first_day from fct_opportunity_span
),
-- How long it has been in the stage where it is; of those without a history nobody knows.
stays as (
  select opportunity_id, stage, days from fct_stage_visit where entered_date is not null and not has_ended
),
due as (
  select span.*, coalesce(stays.days, 0) as days, coalesce(span.stage, '') as known_stage
  from fct_opportunity_span as span
  left join stays on span.opportunity_id = stays.opportunity_id and span.stage = stays.stage
  where valid_from <= $as_of
    and valid_to > $as_of
    and forecast_category is distinct from 'omitted'
    and span.expected_close_date < date_trunc('month', $as_of) + interval 1 month
)
select
  opportunity_id,
  greatest(date_trunc('month', $as_of)::date, first_day) as date,
  span.amount,
  unrated_currency,
  forecast_category as category,
  win_chance,
  owner,
  team,
  span.region,
  span.source,
  product,
  span.segment
from due as span
cross join bounds
asof left join (select *, coalesce(stage, '') as known_stage from int_stage_chance) as chance
  on span.known_stage = chance.known_stage and span.days >= chance.from_days
