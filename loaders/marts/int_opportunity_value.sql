-- one row per opportunity that exists on $as_of, with its latest amount in the report's currency and the days it took to
-- close; key (opportunity_id)
-- sources: int_opportunity, int_opportunity_change, int_opportunity_dimension, fx_rate?
with
latest as (
  from int_opportunity_change where next_day is null
),
-- Flows convert at the rate of their day, what is open at the rate of $as_of.
amounts as (
  select
    opportunity_id, amount, currency, coalesce(closed_date, $as_of::date) as rate_date,
    case when closed_date >= created_date then closed_date - created_date end::integer as cycle_days
  from int_opportunity join latest using (opportunity_id) join int_opportunity_dimension using (opportunity_id)
),
latest_rates as (
  select currency, arg_max_null(rate, date) as rate from fx_rate where date <= $as_of group by currency
)
select
  opportunity_id,
  case when amounts.currency = $currency then amount else (amount * fx_rate.rate)::decimal(18, 2) end as amount,
  -- At one rate for all days exchange rates move nothing.
  case when amounts.currency = $currency then amount else (amount * latest_rates.rate)::decimal(18, 2) end as constant_amount,
  case when amount is not null and amounts.currency <> $currency and fx_rate.rate is null then amounts.currency end as unrated_currency,
  cycle_days
from amounts
asof left join fx_rate on amounts.currency = fx_rate.currency and amounts.rate_date >= fx_rate.date
left join latest_rates on amounts.currency = latest_rates.currency
