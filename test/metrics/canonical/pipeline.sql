-- reads: opportunity, opportunity_stage_history, opportunity_field_history
-- after: opportunities
-- Opportunities open on each of the census days.

-- What was said of expected close dates and forecast categories: by the stages, by changes of the field, by the record.
create temp table open_said as
select opportunity_id, 'due' as field, entered_at as at, history_id, expected_close_date::varchar as said from opportunity_stage_history
  where (select count(expected_close_date) from opportunity_stage_history) > 0 and local_day(entered_at) <= as_of()
union all
select opportunity_id, 'category', entered_at, history_id, forecast_category from opportunity_stage_history
  where (select count(forecast_category) from opportunity_stage_history) > 0 and local_day(entered_at) <= as_of()
union all
select opportunity_id, case field when 'forecast_category' then 'category' else 'due' end, changed_at, history_id, new_value
  from opportunity_field_history where field in ('forecast_category', 'expected_close_date') and local_day(changed_at) <= as_of()
union all
select opportunity_id, case field when 'forecast_category' then 'category' else 'due' end, timestamp '0001-01-01', '', first(old_value order by changed_at, history_id)
  from opportunity_field_history where field in ('forecast_category', 'expected_close_date') and local_day(changed_at) <= as_of() group by opportunity_id, field
union all
select opportunity_id, 'due', coalesce(updated_at, timestamp '9999-01-01'), null, record_due::varchar from deal
  where (select count(expected_close_date) from opportunity) > 0 and coalesce(local_day(updated_at), as_of()) <= as_of()
union all
select opportunity_id, 'category', coalesce(d.updated_at, timestamp '9999-01-01'), null, o.forecast_category from deal d join opportunity o using (opportunity_id)
  where d.record_state = 'open' and (select count(forecast_category) from opportunity) > 0 and coalesce(local_day(d.updated_at), as_of()) <= as_of();
-- From which day to which: the last word of a day counts; before the first word, what that one says.
create temp table held_from as
with daily as (select opportunity_id, field, least(local_day(s.at), as_of()) as day, last(said order by s.at, history_id nulls last) as said from open_said s group by all)
select opportunity_id, field, said, if(row_number() over w = 1, date '0001-01-01', day) as day, coalesce(lead(day) over w, date '9999-12-31') as past
from daily window w as (partition by opportunity_id, field order by day);

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
  map_concat(dims_of(v, w), map {'stage': v.stage, 'close_month': if(due.said[:7] < strftime(v.on_day, '%Y-%m'), 'overdue', due.said[:7]),
    'forecast_category': nullif(lower(replace(category.said, '_', ' ')), 'closed')}) as dims
from valued v
left join held_from due on due.field = 'due' and due.opportunity_id = v.opportunity_id and v.on_day >= due.day and v.on_day < due.past
left join held_from category on category.field = 'category' and category.opportunity_id = v.opportunity_id and v.on_day >= category.day and v.on_day < category.past
left join person w on w.user_id = owner_on(v.opportunity_id, v.owner_id, on_day)
left join stage_map m using (stage);
