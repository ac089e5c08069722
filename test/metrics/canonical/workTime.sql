-- reads: crm_user
-- after: leads, service
-- Hours of work between two moments, day by day: what of each day's hours, by the clock on the wall, lies between them.
-- Holds where no hours of work are open when clocks change.

create temp macro on_the_wall(moment) as timezone(getvariable('time_zone'), timezone('UTC', moment));

create temp table shift as
select d::date as day, d + to_minutes(h."from") as opens, d + to_minutes(h."to") as closes
from (select unnest(range(timestamp '1990-01-01', as_of()::timestamp + interval 2 day, interval 1 day)) as d) days,
  (select unnest(getvariable('business_hours'), recursive := true)) h
where h.weekday = isodow(d) and not list_contains(getvariable('holidays')::date[], d::date);

-- Of pairs (id, since, until): the hours of each.
create temp macro worked_hours(pairs) as table
select p.id, coalesce(sum(date_diff('microsecond', greatest(s.opens, on_the_wall(p.since)), least(s.closes, on_the_wall(p.until)))) filter (s.day is not null), 0) / 3600000000.0 as hours
from query_table(pairs) p left join shift s
  on s.day between on_the_wall(p.since)::date and on_the_wall(p.until)::date and s.opens < on_the_wall(p.until) and s.closes > on_the_wall(p.since)
where p.until >= p.since
group by p.id;

-- Hours of all days from one up to another.
create temp macro hours_of_days(a, b) as coalesce((select sum(date_diff('minute', opens, closes)) from shift where day >= a and day < b), 0) / 60.0;

create temp table lead_stretch as
select lead_id as id, born_at as since, contacted_at as until from checked_lead where contacted_at is not null;

-- How long leads waited for a contact, or are known to have waited.
create temp table lead_waiting as
select l.lead_id, l.created_on, l.dims, l.contacted_at is not null as ended,
  if(l.contacted_at is null, round(hours_of_days(l.created_on, coalesce(l.ended_on, as_of())), 4), round(w.hours, 4)) as hours
from checked_lead l left join worked_hours('lead_stretch') w on w.id = l.lead_id
where l.contacted_at is null or w.id is not null;

create temp table ticket_span as
select ticket_id, created_on, dims, 'reply at work' as what, created_at, answered_at as until from checked_ticket
union all select ticket_id, created_on, dims, 'first at work', created_at, first_at from checked_ticket
union all select ticket_id, created_on, dims, 'last at work', created_at, last_at from checked_ticket;

create temp table ticket_stretch as
select {'ticket': ticket_id, 'what': what} as id, created_at as since, until from ticket_span where created_at is not null and until is not null;

insert into lasting
select t.ticket_id, t.created_on, t.dims, t.what, if(t.until is null, round(hours_of_days(t.created_on, as_of()), 4), round(s.hours, 4)), t.until is not null
from ticket_span t left join worked_hours('ticket_stretch') s on s.id = {'ticket': t.ticket_id, 'what': t.what}
where t.created_on is not null and (t.until is null or s.id is not null);

-- Stretches of tickets that stand solved, by whether customers waited in them or were waited for.
create temp table waiting_stretch as
select {'ticket': ticket_id, 'place': place} as id, since, until, side from (
  select c.ticket_id, c.place, c.since, c.ends as until, if(c.state = 'pending', 'agent', 'customer') as side
  from status_change c where not is_done(c.state)
  union all
  select t.ticket_id, 0, t.created_at, (select min(c.since) from status_change c where c.ticket_id = t.ticket_id), 'customer' from checked_ticket t
) where ticket_id in (select ticket_id from waiting);

create temp table waiting_at_work as
select w.ticket_id, any_value(w.solved_on) as solved_on, any_value(w.dims) as dims,
  round(coalesce(sum(h.hours) filter (s.side = 'customer'), 0), 4) as customer_hours, round(coalesce(sum(h.hours) filter (s.side = 'agent'), 0), 4) as agent_hours
from waiting w left join waiting_stretch s on s.id.ticket = w.ticket_id left join worked_hours('waiting_stretch') h on h.id = s.id
group by w.ticket_id;
