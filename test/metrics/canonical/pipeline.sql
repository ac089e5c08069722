-- reads: opportunity, opportunity_stage_history, opportunity_field_history
-- after: opportunities
-- Opportunities open on each of the census days.

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
