-- What the checks read: the canonical tables with local days, dimensions and what held on a day, from the definitions in
-- kpi-formulas.md alone. Nothing here comes from loaders/marts. Session variables: as_of, time_zone, currency.
-- `dims` holds the dimensions by name, so that a check breaks down by dims[$dimension] (null for an unknown name: total).

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

create temp table event as
select h.*, local_day(h.entered_at) as day,
  row_number() over (partition by opportunity_id order by entered_at, m.rank nulls first, history_id) as position
from opportunity_stage_history h left join stage_map m using (stage)
where local_day(h.entered_at) <= as_of();

-- The state of an opportunity is that of its last event; it has stood since the first event after the last other state.
create temp table standing as
select o.opportunity_id, last_event.state,
  (select min(e.day) from event e where e.opportunity_id = o.opportunity_id and e.position > coalesce(
    (select max(x.position) from event x where x.opportunity_id = o.opportunity_id and x.state <> last_event.state), 0)) as since,
  (select min(e.day) from event e where e.opportunity_id = o.opportunity_id) as first_day
from opportunity o join (select opportunity_id, arg_max(state, position) as state from event group by 1) last_event using (opportunity_id);

create temp table rate_on as select * from fx_rate;
create temp macro converted(value, unit, on_day) as if(coalesce(upper(unit), getvariable('currency')) = getvariable('currency'), value,
  round(value * (select arg_max(r.rate, r.date) from rate_on r where r.currency = upper(unit) and r.date <= on_day), 2));

create temp table owner_change as
select opportunity_id, local_day(changed_at) as day, changed_at, history_id, old_value, new_value
from opportunity_field_history
where field = 'owner_id' and new_value in (select user_id from crm_user);
create temp macro owner_on(id, current_owner, on_day) as coalesce(
  (select arg_max(c.new_value, (c.changed_at, c.history_id)) from owner_change c where c.opportunity_id = id and c.day <= on_day),
  (select arg_min(c.old_value, (c.changed_at, c.history_id)) from owner_change c where c.opportunity_id = id and c.old_value in (select user_id from crm_user)),
  current_owner);

create temp table deal as
with dated as (
  select o.*, s.state as event_state, s.since,
    coalesce(local_day(o.created_at), s.first_day) as created_on,
    coalesce(local_day(o.closed_at), o.expected_close_date) as typed_close
  from opportunity o left join standing s using (opportunity_id)
  where o.deleted is not true and o.test is not true and o.merged_into_id is null
),
settled as (
  select *,
    coalesce(event_state, if(typed_close > as_of(), 'open', state)) as outcome,
    case when event_state in ('won', 'lost') then since
      when event_state is null and state in ('won', 'lost') and typed_close <= as_of() then typed_close end as closed_on
  from dated where coalesce(created_on, as_of()) <= as_of()
)
select d.opportunity_id, d.created_on, d.closed_on, d.outcome, d.event_state is not null as has_events, d.state as record_state,
  d.stage as record_stage, d.amount as record_amount, d.probability as record_probability, d.currency, d.owner_id, d.updated_at,
  converted(d.amount, d.currency, coalesce(d.closed_on, as_of())) as amount,
  coalesce(d.source, (select arg_min(l.source, (l.created_at, l.lead_id)) from lead l where l.converted_opportunity_id = d.opportunity_id and l.source is not null), c.source) as source,
  coalesce(p.name, p.product_id, d.product_id) as product,
  coalesce(d.segment, a.segment) as segment, d.region as own_region, a.region as account_region
from settled d
left join account a using (account_id)
left join campaign c using (campaign_id)
left join product p on p.product_id = coalesce(d.product_id, (select arg_max(n.product_id, (coalesce(n.amount, -1), n.line_id)) from opportunity_line n where n.opportunity_id = d.opportunity_id));

create temp macro dims_of(d, w) as map {'region': coalesce(d.own_region, w.region, d.account_region), 'team': w.team, 'owner': w.owner,
  'source': d.source, 'product': d.product, 'segment': d.segment};

-- Opportunities with the dimensions of the day they closed, or of as-of while open.
create temp table checked_opportunity as
select d.*, if(d.closed_on >= d.created_on, d.closed_on - d.created_on, null) as cycle,
  dims_of(d, w) as dims
from deal d left join person w on w.user_id = owner_on(d.opportunity_id, d.owner_id, greatest(coalesce(d.closed_on, as_of()), d.created_on));

-- What was known of an opportunity's amount and chance, and when. A record's own values hold from its last change on.
create temp table amount_said as
select opportunity_id, entered_at as at, history_id, amount from opportunity_stage_history
  where (select count(amount) from opportunity_stage_history) > 0 and local_day(entered_at) <= as_of()
union all
select opportunity_id, changed_at, history_id, try_cast(new_value as decimal(18, 2)) from opportunity_field_history
  where field = 'amount' and local_day(changed_at) <= as_of()
union all
select opportunity_id, timestamp '0001-01-01', '', try_cast(arg_min(old_value, (changed_at, history_id)) as decimal(18, 2))
  from opportunity_field_history where field = 'amount' and local_day(changed_at) <= as_of() group by opportunity_id
union all
select opportunity_id, coalesce(updated_at, timestamp '9999-01-01'), null, record_amount from deal
  where (select count(amount) from opportunity) > 0;

create temp table lead_day as
select l.*, local_day(l.created_at) as created_on,
  local_day(l.qualified_at) as qualified_on, coalesce(local_day(l.converted_at), d.created_on) as converted_on,
  if(d.outcome = 'won', d.closed_on, null) as won_on
from lead l left join deal d on l.converted_opportunity_id = d.opportunity_id
where l.deleted is not true and l.test is not true and l.merged_into_id is null and coalesce(local_day(l.created_at), as_of()) <= as_of();

create temp table checked_lead as
select l.lead_id, l.created_on,
  if(l.qualified_on <= as_of(), l.qualified_on, null) as qualified_on, if(l.converted_on <= as_of(), l.converted_on, null) as converted_on, l.won_on,
  map {'region': coalesce(l.region, w.region, a.region), 'team': w.team, 'owner': w.owner, 'source': coalesce(l.source, c.source),
    'product': coalesce(p.name, l.product_id), 'segment': coalesce(l.segment, a.segment)} as dims
from lead_day l
left join person w on w.user_id = l.owner_id
left join account a on a.account_id = l.converted_account_id
left join campaign c using (campaign_id)
left join product p using (product_id);

-- Who worked on which day: an activity done by a person, an opportunity created, closed, or entering another stage.
create temp table checked_work as
with stage_entry as (
  select *, lag(stage) over (partition by opportunity_id order by position) as before from event
),
work as (
  select owner_id, local_day(done_at) as day from activity
  where done is not false and automated is not true and deleted is not true
  union
  select owner_on(opportunity_id, owner_id, created_on), created_on from deal
  union
  select owner_on(opportunity_id, owner_id, greatest(closed_on, created_on)), closed_on from deal
  union
  select owner_on(d.opportunity_id, d.owner_id, greatest(e.day, d.created_on)), e.day
  from stage_entry e join deal d using (opportunity_id) where e.position > 1 and e.stage <> e.before
)
select w.day, p.owner, map {'region': p.region, 'team': p.team, 'owner': p.owner} as dims
from work w join person p on p.user_id = w.owner_id where w.day <= as_of();

-- Opportunities open at the end of a day, with the amount, chance, owner and stage of that day; for the days asked about.
create temp table checked_open as
with alive as (
  select d.*, on_day,
    (select arg_max(e.state, e.position) from event e where e.opportunity_id = d.opportunity_id and e.day <= on_day) as state_then,
    (select arg_max(e.stage, e.position) from event e where e.opportunity_id = d.opportunity_id and e.day <= on_day) as stage_then,
    (select arg_min(e.stage, e.position) from event e where e.opportunity_id = d.opportunity_id) as first_stage
  from deal d, (select unnest(getvariable('census_days')) as on_day)
  where coalesce(d.created_on, as_of()) <= on_day and (d.created_on is not null or d.outcome = 'open')
),
open_then as (
  select *, case when has_events then coalesce(stage_then, first_stage)
      when record_state = 'open' then record_stage end as stage
  from alive
  where if(has_events, coalesce(state_then, 'open') = 'open', outcome = 'open' or closed_on > on_day)
),
valued as (
  select o.*,
    coalesce(
      (select struct_pack(v := arg_max(s.amount, (s.at, s.history_id is null, s.history_id)) ) from amount_said s where s.opportunity_id = o.opportunity_id and local_day(s.at) <= on_day having count(*) > 0),
      (select struct_pack(v := arg_min(s.amount, (s.at, s.history_id is null, s.history_id)) ) from amount_said s where s.opportunity_id = o.opportunity_id having count(*) > 0)
    ).v as amount_then,
    (select arg_max(h.probability, e.position) from event e join opportunity_stage_history h using (history_id)
      where e.opportunity_id = o.opportunity_id and e.day <= on_day) as own_chance
  from open_then o
)
select v.on_day, v.opportunity_id, v.created_on is null as undated, v.stage, converted(v.amount_then, v.currency, as_of()) as amount,
  coalesce(v.own_chance, if(v.stage = v.record_stage, v.record_probability, null), m.probability) as chance,
  map_concat(dims_of(v, w), map {'stage': v.stage}) as dims
from valued v
left join person w on w.user_id = owner_on(v.opportunity_id, v.owner_id, on_day)
left join stage_map m using (stage);
