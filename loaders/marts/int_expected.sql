-- one row per day of a forecast and opportunity open at its end, not omitted and expected to close by the end of the month,
-- overdue ones too, as was known then; and, of a past day, per opportunity that by its end stood as won in the month (category
-- closed); key (day, moment, opportunity_id)
-- sources: int_forecast_day, int_open_span, int_won_span, int_opportunity_change, int_opportunity_dimension, dim_owner, fx_rate?
with
standing as (
  select
    span.* replace (
      -- Without a history a stage is known of $as_of alone.
      case when moment = 'as_of' or has_stage_events then stage end as stage,
      case when has_categories then forecast_category end as forecast_category
    ),
    day, moment, first_day,
    false as was_won,
    -- At the rate of the day of the forecast.
    day as rate_date
  from int_forecast_day
  join int_open_span as span on valid_from <= day and day < valid_to and expected_close_date < past_day
  where not has_categories or span.forecast_category is distinct from 'omitted'
),
won_by_then as (
  select
    opportunity_id, past_days.day, moment, first_day, true as was_won, won_from as rate_date,
    change.amount, change.owner_id, 'closed' as forecast_category
  from int_won_span
  join (from int_forecast_day where moment <> 'as_of') as past_days
    on won_from >= first_day and won_from <= past_days.day and won_to > past_days.day
  join int_opportunity_change as change using (opportunity_id)
  where past_days.day >= change.day and past_days.day < coalesce(change.next_day, date '9999-12-31')
),
known as (
  from standing
  union all by name
  from won_by_then
),
dated as (
  select * from known join int_opportunity_dimension as dimension using (opportunity_id)
)
select
  opportunity_id,
  day,
  moment,
  first_day as first_of_month,
  was_won,
  stage,
  case when dated.currency = $currency then amount else (amount * rate)::decimal(18, 2) end as amount,
  case when amount is not null and dated.currency <> $currency and rate is null then dated.currency end as unrated_currency,
  forecast_category as category,
  owner,
  team,
  coalesce(own_region, dim_owner.region, account_region) as region,
  source,
  product,
  segment
from dated
asof left join fx_rate on dated.currency = fx_rate.currency and dated.rate_date >= fx_rate.date
left join dim_owner on dated.owner_id = dim_owner.user_id
