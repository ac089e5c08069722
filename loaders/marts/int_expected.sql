-- one row per day of a forecast and opportunity open at its end and not omitted: state due where it was expected to close by
-- the end of the month, overdue ones too, else later, which are not told half-way; and of a past day per opportunity that by
-- its end stood as won in the month (state won, category closed); all as was known then; key (day, moment, opportunity_id)
-- sources: int_forecast_day, int_open_span, int_won_span, int_opportunity_change, int_opportunity_dimension, int_stage_chance_in_period, dim_owner, fx_rate?
with
standing as (
  select
    opportunity_id,
    day,
    moment,
    first_day,
    case when expected_close_date < past_day then 'due' else 'later' end as state,
    stage,
    case when has_stage_events then stage end as told_stage,
    days_in_stage + (day - valid_from) as days,
    case when has_categories then forecast_category end as category,
    -- At the rate of the day of the forecast.
    day as rate_date,
    amount,
    owner_id
  from int_forecast_day join int_open_span on valid_from <= day and day < valid_to
  where (not has_categories or forecast_category is distinct from 'omitted') and (moment <> 'mid' or expected_close_date < past_day)
),
reached as (
  select day, stage, max(days) as longest from int_stage_chance_in_period where stage is not null group by day, stage
),
expected as (
  select
    standing.* exclude (told_stage, days) replace (
      -- Without a history a stage is known of $as_of alone.
      case when moment = 'as_of' then standing.stage else told_stage end as stage
    ),
    coalesce(told.win_chance, pooled.win_chance) as chance_in_period
  from standing
  left join reached on standing.day = reached.day and told_stage = reached.stage
  left join int_stage_chance_in_period as told
    on standing.day = told.day and told_stage = told.stage and least(standing.days, longest) = told.days
  left join (from int_stage_chance_in_period where stage is null) as pooled on standing.day = pooled.day
),
won_by_then as (
  select
    opportunity_id,
    past_days.day,
    moment,
    first_day,
    'won' as state,
    'closed' as category,
    won_from as rate_date,
    change.amount,
    change.owner_id,
    1 as chance_in_period
  from int_won_span
  join (from int_forecast_day where moment <> 'as_of') as past_days
    on won_from >= first_day and won_from <= past_days.day and won_to > past_days.day
  join int_opportunity_change as change using (opportunity_id)
  where past_days.day >= change.day and past_days.day < coalesce(change.next_day, date '9999-12-31')
),
known as (
  from expected
  union all by name
  from won_by_then
),
rates as (
  select days.currency, days.day as rate_date, rate
  from (
    select distinct currency, unnest(generate_series((select min(first_day) from int_forecast_day), $as_of::date, interval 1 day))::date as day
    from fx_rate
  ) as days
  asof join fx_rate on days.currency = fx_rate.currency and days.day >= fx_rate.date
)
select
  opportunity_id,
  day,
  moment,
  first_day as first_of_month,
  state,
  stage,
  case when dimension.currency = $currency then amount else (amount * rate)::decimal(18, 2) end as amount,
  case when amount is not null and dimension.currency <> $currency and rate is null then dimension.currency end as unrated_currency,
  chance_in_period,
  category,
  owner,
  team,
  coalesce(own_region, dim_owner.region, account_region) as region,
  source,
  product,
  segment
from known
join int_opportunity_dimension as dimension using (opportunity_id)
left join rates on dimension.currency = rates.currency and known.rate_date = rates.rate_date
left join dim_owner on known.owner_id = dim_owner.user_id
