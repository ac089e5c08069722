-- one row per thing that happened to a lead by $as_of, from its own creation to what became of the opportunity it was
-- converted to; what is dated before the lead was created counts as of then; key (entity, number)
-- sources: lead, fct_lead, fct_opportunity_event?
-- order: entity, number
-- record: lead_id
with
numbered as (
  select lead_id, row_number() over (order by created_date, lead_id)::integer as entity from fct_lead where created_date is not null
),
happened as (
  select lead_id, 'lead_created' as event, 1 as place, created_at as moment, created_date as day
  from lead join fct_lead using (lead_id)
  union all
  select lead_id, 'lead_qualified', 2, qualified_at, qualified_date from lead join fct_lead using (lead_id)
  union all
  select lead_id, 'lead_converted', 3, converted_at, converted_date from lead join fct_lead using (lead_id)
  union all
  select lead_id, 'lead_lost', 6, lost_at, lost_date
  from lead join fct_lead using (lead_id)
  where fct_lead.state = 'lost'
),
dated as (
  select
    happened.* exclude (moment),
    case when local_day(moment) = day and local_day(moment - interval 1 microsecond) = day then moment end as moment,
    entity,
    created_date,
    owner,
    team,
    region,
    source,
    product,
    segment
  from happened join numbered using (lead_id) join fct_lead using (lead_id)
  where day is not null
  union all by name
  select
    lead_id, event, case when event = 'opportunity_created' then 4 else 5 end as place, number as record, later.stage, day,
    make_timestamp(second * 1000000) as moment, is_early as was_early, value, unrated_currency, entity, created_date,
    -- What an opportunity does not say its lead may.
    coalesce(later.owner, fct_lead.owner) as owner,
    coalesce(later.team, fct_lead.team) as team,
    coalesce(later.region, fct_lead.region) as region,
    coalesce(later.source, fct_lead.source) as source,
    coalesce(later.product, fct_lead.product) as product,
    coalesce(later.segment, fct_lead.segment) as segment
  from numbered
  join lead using (lead_id)
  join fct_lead using (lead_id)
  join (select * exclude (entity) from fct_opportunity_event) as later on converted_opportunity_id = opportunity_id
),
births as (
  select lead_id, moment as birth from dated where place = 1
),
placed as (
  select
    dated.*,
    coalesce(day < created_date or (day = created_date and moment < birth), false) as is_before,
    case when is_before then created_date else day end as event_day,
    case when is_before then birth else moment end as event_moment
  from dated left join births using (lead_id)
),
timed as (
  select *, case when bool_and(event_moment is not null) over (partition by lead_id, event_day) then event_moment end as exact
  from placed
)
select
  lead_id,
  entity,
  (row_number() over (partition by entity order by event_day, exact nulls first, place, coalesce(record, 0)))::smallint as number,
  event,
  stage,
  event_day as day,
  -- Seconds since 1970 in UTC; none where only the day is known.
  epoch(exact)::bigint as second,
  is_before or coalesce(was_early, false) as is_early,
  value,
  unrated_currency,
  owner,
  team,
  region,
  source,
  product,
  segment
from timed
