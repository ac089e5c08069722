-- one row per thing that happened to a case of a plain event log by $as_of; key (entity, number)
-- sources: case_event, dim_owner?, fx_rate?
-- order: kind, entity, number
with
known as (
  select *, coalesce(kind, 'case') as log, local_day("at") as day, coalesce(upper(currency), $currency) as unit
  from case_event
  where local_day("at") <= $as_of
),
numbered as (
  select log, case_id, row_number() over (order by log, min(day), case_id)::integer as entity from known group by log, case_id
),
dated as (
  select *, case when local_day("at" - interval 1 microsecond) = day then "at" end as moment
  from known join numbered using (log, case_id)
),
timed as (
  select *, case when bool_and(moment is not null) over (partition by entity, day) then moment end as exact from dated
)
select
  case_id,
  log as kind,
  entity,
  (row_number() over (partition by entity order by timed.day, exact nulls first, step))::integer as number,
  step as event,
  null::varchar as stage,
  timed.day,
  -- Seconds since 1970 in UTC; none where only the day is known.
  epoch(exact)::bigint as second,
  false as is_early,
  (case when unit = $currency then value else value * fx_rate.rate end)::decimal(18, 2) as value,
  case when value is not null and unit <> $currency and fx_rate.rate is null then unit end as unrated_currency,
  owner,
  team,
  coalesce(timed.region, dim_owner.region) as region,
  source,
  product,
  segment
from timed
asof left join fx_rate on timed.unit = fx_rate.currency and timed.day >= fx_rate.date
left join dim_owner on timed.owner_id = dim_owner.user_id
