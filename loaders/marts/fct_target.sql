-- one row per goal for one KPI, period and company, region, team or owner, with what the goals one level down come to; of
-- KPIs that add up, the goal of a person who came or left within the period counts for the share of its days that they
-- were there; key (metric, period, level, member)
-- sources: target, target_rule?, target_reference?, dim_owner, crm_user?, fx_rate?
-- order: metric, period, level, member
with
goals as (
  select *, coalesce(upper(currency), $currency) as value_currency, $as_of::date as rate_date
  from target
  where due is null
),
converted as (
  select
    goals.* exclude (value),
    case when value_currency = $currency or relative_to is not null then value else value * rate end as value
  from goals
  asof left join fx_rate on goals.value_currency = fx_rate.currency and goals.rate_date >= fx_rate.date
),
settled as (
  select
    converted.* exclude (value),
    case when relative_to is null then converted.value else target_reference.value * (1 + converted.value) end as value
  from converted
  left join dim_owner as person on converted.level = 'owner' and converted.member = person.user_id
  left join target_reference
    on relative_to is not null and converted.metric = target_reference.metric and converted.period = target_reference.period
    and converted.level = target_reference.level
    and coalesce(person.owner, nullif(converted.member, '')) is not distinct from target_reference.member
),
people as (
  select dim_owner.*, hired_on, left_on from dim_owner left join crm_user using (user_id)
),
named as (
  select
    settled.metric,
    settled.period,
    settled.level,
    case when settled.level = 'company' then null else coalesce(people.owner, settled.member) end as member,
    people.team,
    people.region,
    coalesce(target_rule.adds, false) as adds,
    value * case
      when target_rule.adds and people.owner is not null then
        greatest(0, date_diff('day', greatest(first_day, coalesce(hired_on, first_day)), least(past_day, coalesce(left_on, past_day))))
        / date_diff('day', first_day, past_day)
      else 1
    end as value
  from settled
  left join target_rule using (metric, period)
  left join people on settled.level = 'owner' and settled.member in (people.user_id, people.owner)
  where value is not null
),
sums as (
  select metric, period, level, member, team, region, value::decimal(24, 6) as value from named where adds
)
select
  metric,
  period,
  level,
  member,
  value,
  case when level = 'company' then (
    select sum(parts.value)::double from sums as parts
    where parts.metric = named.metric and parts.period = named.period and parts.level = 'region'
  ) end as regions,
  case when level = 'company' then (
    select sum(parts.value)::double from sums as parts
    where parts.metric = named.metric and parts.period = named.period and parts.level = 'team'
  ) end as teams,
  case when level <> 'owner' then (
    select sum(parts.value)::double from sums as parts
    where parts.metric = named.metric and parts.period = named.period and parts.level = 'owner'
      and case named.level when 'team' then parts.team = named.member when 'region' then parts.region = named.member else true end
  ) end as owners
from named
