-- one row per goal for one KPI, period and company, region, team or owner; key (metric, period, level, member)
-- sources: target, dim_owner, fx_rate?
-- order: metric, period, level, member
with
goals as (
  select *, coalesce(upper(currency), $currency) as value_currency, $as_of::date as rate_date from target
),
converted as (
  select
    goals.* exclude (value),
    case when value_currency = $currency then value else value * rate end as value
  from goals
  asof left join fx_rate on goals.value_currency = fx_rate.currency and goals.rate_date >= fx_rate.date
)
select
  metric,
  period,
  level,
  case when level = 'company' then null else coalesce(dim_owner.owner, member) end as member,
  value
from converted left join dim_owner on level = 'owner' and member = dim_owner.user_id
where value is not null
