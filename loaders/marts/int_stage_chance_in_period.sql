-- one row per day of a forecast, open stage and number of days in it: of the opportunities that were in the stage at the end of
-- a day, for so long by then, the share that stood as won as many days later as the day of the forecast leaves of its month,
-- as far as these had passed by then; of as many days as 30 reached, more count like the last. In the row without a stage
-- the share of all days on which any was open: for those in stages that fewer than 30 were in; key (day, stage, days)
-- sources: int_forecast_day, int_open_span, int_won_span
with
forecast_days as (
  select day, (past_day - 1 - day)::integer as days_left from int_forecast_day group by day, past_day
),
-- Before past_told all that was to be seen of a day had been seen on the day of the forecast.
days as (
  select day, days_left, day - days_left + 1 as past_told from forecast_days
),
spans as (
  select
    opportunity_id, case when has_stage_events then stage end as stage, valid_from - days_in_stage as zero_day, valid_from, valid_to
  from int_open_span
  where not is_undated
),
open_spans as (
  select stage, zero_day, valid_from, valid_to, count(*) as n from spans group by all
),
won_spans as (
  select stage, zero_day, valid_from, valid_to, won_from, won_to, count(*) as n
  from spans join int_won_span using (opportunity_id)
  where won_to > valid_from
  group by all
),
-- From so many days in the stage until before so many: how many were in it, and how many were then won.
seen as (
  select day, stage, valid_from - zero_day as days, least(valid_to, past_told) - zero_day as past_days, n, 0 as won
  from open_spans join days on valid_from < past_told
  union all
  select
    day,
    stage,
    greatest(valid_from, won_from - days_left) - zero_day,
    least(valid_to, won_to - days_left, past_told) - zero_day,
    0,
    n
  from won_spans join days on greatest(valid_from, won_from - days_left) < least(valid_to, won_to - days_left, past_told)
),
steps as (
  select day, stage, days, n, won from seen
  union all
  select day, stage, past_days, -n, -won from seen
),
daily as (
  select day, stage, days, sum(n) as n, sum(won) as won from steps where stage is not null group by day, stage, days
),
running as (
  select
    day,
    stage,
    days,
    lead(days) over (partition by day, stage order by days) as past_days,
    sum(n) over (partition by day, stage order by days) as n,
    sum(won) over (partition by day, stage order by days) as won
  from daily
)
select day, stage, unnest(generate_series(days, past_days - 1))::integer as days, (won / n)::decimal(7, 6) as win_chance
from running
where n >= 30
union all
select day, null, null, (sum(won * (past_days - days)) / nullif(sum(n * (past_days - days)), 0))::decimal(7, 6) from seen group by day
