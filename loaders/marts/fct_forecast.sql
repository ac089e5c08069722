-- one row per closed period that was forecast, moment (start, mid) at which its forecast is taken as it stood, category
-- (commit, best case), what it is (stated, won), owner, team and region: of a team or the company what its parts did not
-- state, and what those who were forecast won in the period; on the period's last day;
-- key (date, moment, category, what, owner, team, region, unrated_currency)
-- sources: forecast, dim_owner, fct_opportunity, fx_rate?
-- order: date, moment, category, what, owner
with
spoken as (
  select
    stated_on,
    period,
    case
      when regexp_full_match(period, '\d{4}-(0[1-9]|1[0-2])') then (period || '-01')::date
      when regexp_full_match(period, '\d{4}-Q[1-4]') then make_date(period[:4]::bigint, period[7:]::bigint * 3 - 2, 1)
      when regexp_full_match(period, '\d{4}') then make_date(period::bigint, 1, 1)
    end as first_day,
    case when period like '%-Q%' then 3 when length(period) = 4 then 12 else 1 end as months,
    lower(trim(level)) as level,
    team,
    owner_id,
    replace(lower(trim(coalesce(category, 'commit'))), '_', ' ') as category,
    amount,
    coalesce(upper(currency), $currency) as currency
  from forecast
  where stated_on <= $as_of
),
closed as (
  select distinct period, months, first_day, (first_day + to_months(months))::date as past_day
  from spoken
  where first_day + to_months(months) <= $as_of + interval 1 day
),
-- Of a quarter whose months were forecast, the months count.
shortest as (
  from closed
  where not exists (
    from closed as part
    where part.months < closed.months and part.first_day >= closed.first_day and part.past_day <= closed.past_day
  )
),
moments as (
  select *, 'start' as moment, first_day as moment_day from shortest
  union all
  select *, 'mid', first_day + ((past_day - first_day) // 2)::integer from shortest
),
frozen as (
  select moments.*, stated_on, level, team, owner_id, category, amount, currency
  from moments join spoken using (period)
  where stated_on <= moment_day and level in ('owner', 'team', 'company') and category in ('commit', 'best case')
  qualify row_number() over (partition by period, moment, category, level, team, owner_id order by stated_on desc) = 1
),
converted as (
  select
    frozen.* exclude (amount),
    case when frozen.currency = $currency then amount else (amount * rate)::decimal(18, 2) end as amount,
    case when frozen.currency <> $currency and rate is null then frozen.currency end as unrated_currency
  from frozen asof left join fx_rate on frozen.currency = fx_rate.currency and stated_on >= fx_rate.date
),
owners as (
  select
    converted.* replace (dim_owner.team as team),
    coalesce(dim_owner.owner, owner_id) as owner,
    dim_owner.region
  from converted left join dim_owner on owner_id = dim_owner.user_id
  where level = 'owner'
),
-- What a team stated beyond its owners.
owner_sums as (
  select period, moment, category, team, sum(amount) as amount from owners group by period, moment, category, team
),
teams as (
  select converted.* replace (converted.amount - coalesce(owner_sums.amount, 0) as amount)
  from converted left join owner_sums using (period, moment, category, team)
  where level = 'team'
),
-- What the company stated beyond both.
parts as (
  from owners
  union all by name
  from teams
),
part_sums as (
  select period, moment, category, sum(amount) as amount from parts group by period, moment, category
),
companies as (
  select converted.* replace (converted.amount - coalesce(part_sums.amount, 0) as amount, null as team)
  from converted left join part_sums using (period, moment, category)
  where level = 'company'
),
stated as (
  from parts
  union all by name
  from companies
),
told as (
  from converted where amount is not null
),
forecast_of as (
  select distinct period, moment, category, first_day, past_day from told
),
won as (
  select forecast_of.*, owner, team, region, sum(amount) as amount, unrated_currency
  from fct_opportunity join forecast_of on closed_date >= first_day and closed_date < past_day
  where is_won and (
    exists (from told where level = 'company' and period = forecast_of.period and moment = forecast_of.moment and category = forecast_of.category)
    or exists (
      from told
      where level = 'team' and team = fct_opportunity.team
        and period = forecast_of.period and moment = forecast_of.moment and category = forecast_of.category
    )
    or exists (
      from stated
      where level = 'owner' and amount is not null and owner = fct_opportunity.owner
        and period = forecast_of.period and moment = forecast_of.moment and category = forecast_of.category
    )
  )
  group by all
)
select (past_day - 1)::date as date, moment, category, 'stated' as what, amount, unrated_currency, owner, team, region
from stated
where level = 'owner' or amount <> 0 or unrated_currency is not null
union all
select (past_day - 1)::date, moment, category, 'won', amount, unrated_currency, owner, team, region
from won
