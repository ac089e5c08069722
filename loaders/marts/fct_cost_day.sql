-- one row per day, scope, kind, team, source and campaign of cost, with what that day bears of it;
-- key (date, scope, type, team, source, campaign, unrated_currency)
-- sources: cost?, campaign_cost?, campaign?, fx_rate?
-- order: date, scope, type, team, source, campaign
with
-- Two books: what was spent on campaigns and lead sources is scope 'campaign', whatever else `cost` tells has its own
-- scopes. A line stands in one of them, so marketing as a whole is 'marketing' and 'campaign' together.
lines as (
  select lower(trim(scope)) as scope, kind as type, team, source, null as campaign, start_date, end_date, amount, currency
  from cost
  union all by name
  select
    'campaign' as scope, campaign.type, coalesce(campaign_cost.source, campaign.source) as source,
    coalesce(campaign.name, campaign_id) as campaign,
    campaign_cost.start_date, campaign_cost.end_date, campaign_cost.amount, campaign_cost.currency
  from campaign_cost left join campaign using (campaign_id)
),
covered as (
  select
    * exclude (amount, currency, end_date),
    (amount * 100)::hugeint as cents,
    coalesce(upper(currency), $currency) as currency,
    -- One that ends before it begins is borne by its first day.
    greatest(end_date - start_date, 0) + 1 as days
  from lines
),
-- A day bears what the sum so far, in whole cents, grows by: the days of a cost add up to it exactly.
borne as (
  select
    * exclude (cents, days),
    start_date + day::integer as date,
    ((cents * (day + 1) // days - cents * day // days) / 100)::decimal(18, 2) as amount
  from (select *, unnest(range(least(days, $as_of - start_date + 1))) as day from covered)
),
-- Flows convert at the rate of their day; with six decimals, so that small parts keep their value.
converted as (
  select
    borne.* exclude (amount),
    case when borne.currency = $currency then amount::decimal(28, 6) else (amount * rate)::decimal(28, 6) end as amount,
    case when borne.currency <> $currency and rate is null then borne.currency end as unrated_currency
  from borne
  asof left join fx_rate on borne.currency = fx_rate.currency and borne.date >= fx_rate.date
)
select
  date,
  scope,
  type,
  team,
  source,
  campaign,
  sum(amount)::decimal(28, 6) as amount,
  unrated_currency
from converted
group by all
