-- reads: cost
-- after: basis
-- What each day bears of the cost of keeping customers: cents that do not divide fall on later days.

create temp table retention_day as
with parts as (
  select c.*, unnest(generate_series(c.start_date, greatest(c.end_date, c.start_date), interval 1 day))::date as day,
    greatest(c.end_date - c.start_date, 0) + 1 as days
  from cost c where lower(trim(c.scope)) = 'retention'
),
shared as (
  select *, floor(amount * 100 * (day - start_date + 1) / days) - floor(amount * 100 * (day - start_date) / days) as cents from parts
)
select day, case when coalesce(upper(currency), getvariable('currency')) = getvariable('currency') then cents / 100
  else cents / 100 * (select arg_max(r.rate, r.date) from fx_rate r where r.currency = upper(shared.currency) and r.date <= day) end as amount
from shared where day <= as_of();
