-- reads: crm_user, lead, opportunity, activity, fx_rate
-- What all checks share: local days, people by the name that the report shows, amounts in the report's currency.

create temp macro local_day(moment) as timezone(getvariable('time_zone'), timezone('UTC', moment))::date;
create temp macro as_of() as getvariable('as_of')::date;

create temp table person as
with everybody as (
  select user_id, coalesce(nullif(trim(name), ''), user_id) as name, team, region from crm_user
  union all
  select distinct owner_id, owner_id, null, null
  from (select owner_id from lead union select owner_id from opportunity union select owner_id from activity)
  where owner_id is not null and owner_id not in (select user_id from crm_user)
)
select user_id, team, region, if(count(*) over (partition by name) > 1, name || ' (' || user_id || ')', name) as owner from everybody;

create temp table rate_on as select * from fx_rate;
create temp macro converted(value, unit, on_day) as if(coalesce(upper(unit), getvariable('currency')) = getvariable('currency'), value,
  round(value * (select arg_max(r.rate, r.date) from rate_on r where r.currency = upper(unit) and r.date <= on_day), 2));
