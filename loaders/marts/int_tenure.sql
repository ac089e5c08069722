-- one row per customer of a set that holds durations and no dates: the age in days at which it was first observed (none:
-- from its start) and last; key (entity_id)
-- sources: tenure, fx_rate?
with
units as (
  -- A month is a twelfth of 365.25 days.
  select unnest(['day', 'week', 'month', 'quarter', 'year']) as name, unnest([1, 7, 30.4375, 91.3125, 365.25])::decimal(9, 4) as days
),
rates as (
  select currency, arg_max_null(rate, date) as rate from fx_rate where date <= $as_of group by currency
)
select
  entity_id,
  case when entered > 0 then (entered * days)::decimal(14, 4) end as entry_age,
  (duration * days)::decimal(14, 4) as exit_age,
  ended as has_left,
  case when coalesce(upper(tenure.currency), $currency) = $currency then monthly_charge else monthly_charge * rate end::decimal(18, 2) as monthly_value,
  "group" as segment
from tenure
join units on starts_with(lower(trim(unit)), name)
left join rates on upper(tenure.currency) = rates.currency
where duration >= 0
