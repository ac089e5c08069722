-- reads: cost, campaign_cost, campaign, fx_rate, subscription, account
-- after: orders, opportunities
-- What each day bore of every cost: the cost in whole cents, spread evenly, each day the growth of the sum rounded down.

create temp table spent as
with line as (
  select lower(trim(scope)) as scope, kind as type, team, source, start_date, end_date, amount, currency from cost
  union all
  select 'campaign', g.type, null, coalesce(c.source, g.source), c.start_date, c.end_date, c.amount, c.currency
  from campaign_cost c left join campaign g using (campaign_id)
),
measured as (
  select *, greatest(1, end_date - start_date + 1) as days, round(amount * 100)::hugeint as cents, coalesce(upper(currency), getvariable('currency')) as unit from line
),
day as (
  select scope, type, team, source, unit, start_date + k::integer as day, ((cents * (k + 1)) // days - (cents * k) // days) / 100 as amount
  from measured, range(0, 4000) r(k) where k < days and start_date + k::integer <= as_of()
)
select scope, type, team, source, day,
  if(unit = getvariable('currency'), amount, amount * (select arg_max(r.rate, r.date) from rate_on r where r.currency = unit and r.date <= day.day))::decimal(22, 6) as amount,
  map {'team': team, 'source': source, 'type': type} as dims
from day;

create temp macro acquires(scope) as scope in ('selling', 'marketing', 'campaign');

create temp table acquired as
select customer, min(day) as day from (
  select customer, day from checked_purchase
  union all
  select customer_of(account_id), started_on from subscription
  where deleted is not true and started_on <= as_of() and account_id in (select account_id from account)
    and coalesce(lower(status), '') not in ('trial', 'trialing', 'trialling', 'in_trial', 'draft', 'incomplete', 'incomplete_expired')
) where customer is not null group by customer;
