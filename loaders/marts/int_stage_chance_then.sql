-- one row per day of a forecast and open stage with the share won, by then, of the opportunities that had entered it at
-- least 180 days before, however long they stayed; of all that were created so long before where fewer than 30 had entered
-- the stage, and in the row without a stage; key (day, stage)
-- sources: int_forecast_day, int_opportunity, int_won_span, fct_stage_visit, dim_stage
with
days as (
  select distinct day from int_forecast_day
),
grown as (
  select opportunity_id, null as stage, created_date + 180 as day from int_opportunity where created_date is not null
  union all
  select opportunity_id, stage, entered_date + 180 from fct_stage_visit where entered_date is not null
),
-- What each day adds to those that count and to those that stand as won.
steps as (
  select stage, day, 1 as n, 0 as won from grown
  union all
  select stage, greatest(day, won_from), 0, 1 from grown join int_won_span using (opportunity_id) where won_to > day
  union all
  select stage, won_to, 0, -1 from grown join int_won_span using (opportunity_id) where won_to > day
),
daily as (
  select stage, day, sum(n) as n, sum(won) as won from steps where day <= $as_of group by stage, day
),
running as (
  select stage, day, sum(n) over so_far as n, sum(won) over so_far as won
  from daily
  window so_far as (partition by stage order by day rows unbounded preceding)
),
pooled as (
  select days.day, won / n as chance from days asof left join (from running where stage is null) as running on days.day >= running.day
),
stages as (
  select places.day, places.stage, n, won / n as chance
  from (select day, stage from days cross join dim_stage) as places
  asof left join running on places.stage = running.stage and places.day >= running.day
)
select stages.day, stage, case when n >= 30 then stages.chance else pooled.chance end::decimal(7, 6) as win_chance
from stages join pooled using (day)
union all
select day, null, chance::decimal(7, 6) from pooled
