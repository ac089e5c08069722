-- one row per opportunity open on $as_of and not omitted from forecasts, is_due where it is expected to close by the end of
-- the month, overdue ones too; in that month; key (opportunity_id)
-- sources: fct_opportunity_span, int_expected, fct_stage_visit, int_stage_chance
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
standing as (
  select expected.*, coalesce(stays.days, 0) as days, coalesce(expected.stage, '') as known_stage
  from int_expected as expected
  left join stays on expected.opportunity_id = stays.opportunity_id and expected.stage = stays.stage
  where moment = 'as_of'
)
select
  opportunity_id,
  greatest(first_of_month, first_day) as date,
  standing.amount,
  unrated_currency,
  category,
  state = 'due' as is_due,
  case when state = 'due' then win_chance end as win_chance,
  chance_in_period::decimal(7, 6) as chance_in_period,
  owner,
  team,
  standing.region,
  standing.source,
  product,
  standing.segment
from standing
cross join bounds
asof left join (select *, coalesce(stage, '') as known_stage from int_stage_chance) as chance
  on standing.known_stage = chance.known_stage and standing.days >= chance.from_days
