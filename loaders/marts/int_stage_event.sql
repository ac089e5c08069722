-- one row per known stage of an opportunity at one moment, up to $as_of; key (opportunity_id, step)
-- sources: opportunity?, opportunity_stage_history?, opportunity_field_history?, dim_stage
with
entries as (
  select
    opportunity_id, history_id, entered_at as moment, stage, state, amount, probability, forecast_category, expected_close_date,
    -- The days between which an entry lies that is known from comparing exports.
    changed_after, changed_until
  from opportunity_stage_history
),
logged as (
  select opportunity_id, history_id, changed_at as moment, new_value as stage
  from opportunity_field_history anti join entries using (opportunity_id)
  where field = 'stage'
),
-- Journals tell changes only: an opportunity is born in the stage that its first change left.
born as (
  select
    opportunity_id, '' as history_id, created_at as moment,
    first(old_value order by changed_at, history_id) as stage
  from opportunity_field_history join opportunity using (opportunity_id)
  where field = 'stage' and created_at < changed_at
  group by opportunity_id, created_at
),
openings as (
  select born.*
  from born anti join entries
    on born.opportunity_id = entries.opportunity_id and entries.moment <= born.moment + interval 1 minute
),
events as (
  from entries
  union all by name from (select logged.*, state from logged join dim_stage using (stage))
  union all by name from (select openings.*, state from openings join dim_stage using (stage))
),
known as (
  select *, local_day(moment) as day
  from events
  where local_day(moment) <= $as_of
)
select
  known.*,
  row_number() over stage_order as step,
  known.stage is distinct from lag(known.stage) over stage_order as is_entry,
  known.state is distinct from lag(known.state) over stage_order as is_turn
from known left join dim_stage using (stage)
window stage_order as (partition by opportunity_id order by moment, rank nulls first, history_id)
