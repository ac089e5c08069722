-- one row per opportunity and local day on which something about it changed, with what held at the end of that day;
-- the first row is the day it was created ($as_of where undated); next_day is the day of the next row, NULL in the
-- last one; with $owner_credit = 'current' the owner of the last row is that of all; key (opportunity_id, day)
-- sources: opportunity, opportunity_field_history?, crm_user?, int_opportunity, int_stage_event
with
fed as (
  select count(amount) > 0 as amount, count(expected_close_date) > 0 as expected_close_date,
    count(forecast_category) > 0 as forecast_category
  from opportunity
),
fed_by_stage as (
  select
    count(amount) > 0 as amount,
    count(expected_close_date) > 0 as expected_close_date,
    count(probability) > 0 as probability,
    count(forecast_category) > 0 as forecast_category
  from int_stage_event
),
-- A struct around a value tells "known to be empty" from "not said here".
stage_events as (
  select
    opportunity_id, moment, step, stage, state,
    -- Comparing exports tells other fields on their own.
    case when fed_by_stage.amount and changed_until is null then {'value': events.amount} end as amount,
    case when fed_by_stage.expected_close_date and changed_until is null
      then {'value': events.expected_close_date} end as expected_close_date,
    case when fed_by_stage.probability and changed_until is null then {'value': events.probability} end as probability,
    case when fed_by_stage.forecast_category and changed_until is null
      then {'value': events.forecast_category} end as forecast_category
  from int_stage_event as events, fed_by_stage
),
field_values as (
  select opportunity_id, field, changed_at as moment, history_id, new_value as value
  from opportunity_field_history
  union all
  select opportunity_id, field, timestamp '0001-01-01', '', first(old_value order by changed_at, history_id)
  from opportunity_field_history
  group by opportunity_id, field
),
field_events as (
  select
    opportunity_id, moment, history_id,
    case when field = 'amount' and (value is null or try_cast(value as decimal(18, 2)) is not null)
      then {'value': try_cast(value as decimal(18, 2))} end as amount,
    case when field = 'expected_close_date' and (value is null or try_cast(value[:10] as date) is not null)
      then {'value': try_cast(value[:10] as date)} end as expected_close_date,
    case when field = 'forecast_category' then {'value': value} end as forecast_category,
    colleague.user_id as owner_id
  from field_values left join crm_user as colleague on case when field = 'owner_id' then value end = colleague.user_id
  where field in ('amount', 'expected_close_date', 'forecast_category', 'owner_id')
    and local_day(moment) <= $as_of
),
-- What the record itself says, where it was not changed after $as_of.
record_events as (
  select
    opportunity_id,
    coalesce(updated_at, timestamp '9999-01-01') as moment,
    case when not has_stage_events then stage end as stage,
    case when fed.amount then {'value': record.amount} end as amount,
    case when fed.expected_close_date then {'value': record.expected_close_date} end as expected_close_date,
    -- A closed record's category tells nothing of the time while open.
    case when fed.forecast_category and record.state = 'open' then {'value': record.forecast_category} end as forecast_category,
    owner_id
  from opportunity as record join int_opportunity using (opportunity_id), fed
  where is_current
),
births as (
  select opportunity_id, timestamp '0001-01-01' as moment from int_opportunity
),
events as (
  from stage_events
  union all by name from field_events
  union all by name from record_events
  union all by name from births
),
placed as (
  select
    events.*,
    least(greatest(local_day(moment), coalesce(created_date, $as_of)), $as_of)::date as day
  from events join int_opportunity using (opportunity_id)
),
-- Carried forward from the last mention; before the first mention, what that one says.
filled as (
  select
    opportunity_id,
    day,
    lead(day) over so_far as next_day,
    coalesce(last_value(stage ignore nulls) over so_far, first_value(stage ignore nulls) over whole) as stage,
    coalesce(last_value(state ignore nulls) over so_far, first_value(state ignore nulls) over whole) as state,
    coalesce(last_value(amount ignore nulls) over so_far, first_value(amount ignore nulls) over whole) as amount,
    coalesce(last_value(expected_close_date ignore nulls) over so_far,
      first_value(expected_close_date ignore nulls) over whole) as expected_close_date,
    coalesce(last_value(probability ignore nulls) over so_far,
      first_value(probability ignore nulls) over whole) as probability,
    coalesce(last_value(forecast_category ignore nulls) over so_far,
      first_value(forecast_category ignore nulls) over whole) as forecast_category,
    coalesce(last_value(owner_id ignore nulls) over so_far, first_value(owner_id ignore nulls) over whole) as owner_id
  from placed
  window
    so_far as (partition by opportunity_id order by moment, step nulls last, history_id
      rows between unbounded preceding and current row),
    whole as (partition by opportunity_id order by moment, step nulls last, history_id
      rows between unbounded preceding and unbounded following)
  qualify day is distinct from next_day
)
select
  opportunity_id,
  filled.day,
  filled.next_day,
  coalesce(filled.stage, record.stage) as stage,
  filled.state,
  case when filled.amount is null then record.amount else filled.amount.value end as amount,
  case when filled.expected_close_date is null then record.expected_close_date else filled.expected_close_date.value end
    as expected_close_date,
  coalesce(
    filled.probability.value,
    case when coalesce(filled.stage, record.stage) = record.stage then record.probability end
  ) as probability,
  lower(replace(trim(filled.forecast_category.value), '_', ' ')) as forecast_category,
  coalesce(
    case when $owner_credit = 'current' then first_value(filled.owner_id) over (partition by opportunity_id order by filled.day desc) else filled.owner_id end,
    record.owner_id
  ) as owner_id
from filled join opportunity as record using (opportunity_id)
