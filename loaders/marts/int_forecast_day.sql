-- one row per day as of whose end the rest of a month is forecast: $as_of (moment as_of), and of every month that is over the
-- first day (start) and the one by which half of it had passed (mid), from where the records tell what was known then: from
-- the first recorded change of a close date, and of a forecast category where any is recorded, and from 180 days after
-- something was created; passed is the share of the month's working days, NULL before a tenth; key (day, moment)
-- sources: int_opportunity, opportunity_field_history?, opportunity_stage_history?
with
changes as (
  select field, local_day(coalesce(changed_after, changed_at)) as day from opportunity_field_history
  union all
  select 'expected_close_date', local_day(coalesce(changed_after, entered_at)) from opportunity_stage_history where expected_close_date is not null
  union all
  select 'forecast_category', local_day(coalesce(changed_after, entered_at)) from opportunity_stage_history where forecast_category is not null
),
recorded as (
  select
    min(day) filter (field = 'expected_close_date') as dates_from,
    min(day) filter (field = 'forecast_category') as categories_from
  from changes
  where day <= $as_of
),
bounds as (
  select
    greatest(dates_from, categories_from, (select min(created_date) from int_opportunity) + 180) as known_from,
    categories_from is not null as has_categories
  from recorded
  where dates_from is not null
),
months as (
  select unnest(generate_series(date_trunc('month', known_from), $as_of - interval 27 day, interval 1 month))::date as first_day from bounds
),
spans as (
  select first_day, (first_day + interval 1 month)::date as past_day from months where first_day + interval 1 month <= $as_of + interval 1 day
),
days as (
  select 'start' as moment, first_day as day, * from spans
  union all
  select 'mid', first_day + ((past_day - first_day) // 2)::integer, * from spans
),
told as (
  select days.*, has_categories from days cross join bounds where day >= known_from
  union all
  select 'as_of', $as_of::date, date_trunc('month', $as_of)::date, (date_trunc('month', $as_of) + interval 1 month)::date, true
)
select
  day, moment, first_day, past_day, has_categories,
  case when 10 * working_days(first_day, day + 1) >= working_days(first_day, past_day)
    then working_days(first_day, day + 1) / nullif(working_days(first_day, past_day), 0) end as passed
from told
