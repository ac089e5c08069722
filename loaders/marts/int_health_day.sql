-- one row per paying customer and month end, and $as_of, with the first day of its stay; key (customer, day)
-- sources: fct_mrr_span
with
months as (
  select unnest(generate_series(date_trunc('month', min(valid_from)), $as_of::timestamp, interval 1 month)) as month
  from fct_mrr_span
),
days as (
  select least(last_day(month::date), $as_of::date) as day from months
),
ordered as (
  select day, coalesce(lead(day) over (order by day), date '9999-12-31') as next_day from days
),
spans as (
  select *, min(valid_from) over (partition by customer, left_date) as came from fct_mrr_span
)
select
  customer,
  any_value(account_id) as customer_id,
  day,
  min(came) as came,
  -- A score holds until the next one, and no longer than its customer stays.
  least(next_day, coalesce(min(left_date), next_day)) as next_day,
  min(left_date) as left_date,
  sum(mrr) as mrr,
  max(unrated_currency) as unrated_currency
from ordered join spans on valid_from <= day and day < valid_to
group by customer, day, next_day
