-- reads: campaign_cost, campaign
-- after: basis
-- What campaigns cost on each day up to as-of. Up to the k-th of n days, k/n of a cost is borne, in whole cents.

create temp table checked_campaign_day as
with line as (
  select c.*, coalesce(c.source, k.source) as fed_source, k.type as kind, coalesce(k.name, c.campaign_id) as campaign,
    if(c.end_date > c.start_date, c.end_date, c.start_date) as last_day
  from campaign_cost c left join campaign k using (campaign_id)
),
day as (
  select line.*, d::date as day, d::date - start_date + 1 as k, last_day - start_date + 1 as n
  from line, unnest(generate_series(start_date::timestamp, last_day::timestamp, interval 1 day)) as t(d)
  where d::date <= as_of()
),
borne as (
  select *, (floor(amount * 100 * k / n) - floor(amount * 100 * (k - 1) / n))::bigint::decimal(18, 2) / 100 as part from day
)
select day,
  if(coalesce(upper(currency), getvariable('currency')) = getvariable('currency'), part::decimal(18, 6),
    (part * (select arg_max(r.rate, r.date) from rate_on r where r.currency = upper(b.currency) and r.date <= b.day))::decimal(18, 6)) as amount,
  map {'source': fed_source, 'campaign': campaign, 'type': kind} as dims
from borne b;
