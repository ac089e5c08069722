-- one row per day from the first on which the CRM cost anything, with the day's share of what the settings take it to gain
-- a year; key (date)
-- sources: crm_gain, fct_cost_day
-- order: date
with
days as (
  select unnest(generate_series(min(date)::timestamp, $as_of::timestamp, interval 1 day))::date as date from fct_cost_day where scope = 'crm'
),
shares as (
  select date, (make_date(year(date) + 1, 1, 1) - make_date(year(date), 1, 1)) as days from days
)
select
  date,
  (low / days)::decimal(28, 6) as low,
  (base / days)::decimal(28, 6) as base,
  (high / days)::decimal(28, 6) as high
from shares cross join crm_gain
