-- one row per past day of a forecast (moment start, mid) and opportunity that was then expected to close by the end of the
-- month, or already won in it (what stated; category closed), or open and expected later (what later, at the start alone;
-- category due later), and per opportunity won in that month (what won, with the category of then); on the month's last
-- day; key (date, moment, what, opportunity_id)
-- sources: int_forecast_day, int_expected, int_stage_chance_then, fct_opportunity
-- custom: opportunity
-- order: date, moment, what, owner
with
past_days as (
  from int_forecast_day where moment <> 'as_of'
),
told as not materialized (
  select * replace (case when state = 'later' then 'due later' else category end as category) from int_expected where moment <> 'as_of'
),
expected as (
  select
    told.*,
    case when state = 'later' then 'later' else 'stated' end as what,
    case state when 'due' then win_chance when 'won' then 1 end as by_stage
  from told
  left join int_stage_chance_then as chance on told.day = chance.day and told.stage is not distinct from chance.stage
),
won as (
  select
    opportunity_id,
    past_days.day,
    past_days.moment,
    'won' as what,
    fct_opportunity.amount,
    fct_opportunity.unrated_currency,
    -- What nobody expected then.
    case when told.opportunity_id is null then 'not forecast' else told.category end as category,
    fct_opportunity.owner,
    fct_opportunity.team,
    fct_opportunity.region,
    fct_opportunity.source,
    fct_opportunity.product,
    fct_opportunity.segment
  from fct_opportunity
  join past_days on closed_date >= first_day and closed_date < past_day
  left join told using (opportunity_id, day, moment)
  where is_won
),
rows as (
  from expected
  union all by name
  from won
)
select
  opportunity_id,
  (past_day - 1)::date as date,
  moment,
  what,
  amount,
  unrated_currency,
  -- Weights of the amount in each forecast; NULL where nobody can tell.
  by_stage::decimal(7, 6) as by_stage,
  chance_in_period::decimal(7, 6) as in_period,
  case when has_categories and what = 'stated' then (coalesce(category, '') in ('closed', 'commit'))::utinyint end as commit,
  case when has_categories and what = 'stated' then (coalesce(category, '') in ('closed', 'commit', 'best case'))::utinyint end as best_case,
  case when moment = 'mid' and what = 'stated' and passed is not null then case state when 'won' then amount / passed else 0 end end
    ::decimal(24, 6) as pace_amount,
  owner,
  team,
  region,
  source,
  product,
  segment,
  category as forecast_category
from rows join past_days using (day, moment)
