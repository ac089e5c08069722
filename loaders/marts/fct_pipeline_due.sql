-- one row per opportunity, month in which it is expected to close, and moment: open with that date when the month began
-- (start), open with it at the month's end or on $as_of (end); key (opportunity_id, date, moment)
-- sources: fct_opportunity_span
-- custom: opportunity
-- order: date, moment, owner
with
bounds as (
  select min(valid_from) as first_day from fct_opportunity_span
),
spans as (
  select *, date_trunc('month', expected_close_date)::date as month from fct_opportunity_span
),
moments as (
  select *, 'start' as moment, (month - interval 1 day)::date as census from spans
  union all
  select *, 'end', least(month + interval 1 month - interval 1 day, $as_of)::date from spans
)
select
  opportunity_id,
  greatest(month, first_day) as date,
  moment,
  amount,
  unrated_currency,
  owner,
  team,
  region,
  source,
  product,
  segment
from moments, bounds
where month <= $as_of and valid_from <= census and census < valid_to
