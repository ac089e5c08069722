-- one row per opportunity open on $as_of, not omitted from forecasts and expected to close by the end of its month, overdue
-- ones too, in that month; key (opportunity_id)
-- sources: fct_opportunity_span, int_stage_chance
-- custom: opportunity
-- order: date, owner
with
bounds as (
  select min(valid_from) as first_day from fct_opportunity_span
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
from fct_opportunity_span as span
cross join bounds
left join int_stage_chance as chance on span.stage is not distinct from chance.stage
where valid_from <= $as_of
  and valid_to > $as_of
  and forecast_category is distinct from 'omitted'
  and span.expected_close_date < date_trunc('month', $as_of) + interval 1 month
