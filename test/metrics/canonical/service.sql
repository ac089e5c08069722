-- reads: ticket, ticket_event, survey_response, product
-- after: basis, customers
-- Tickets with what became of them by as-of, and what customers answered when asked.

create temp table ticket_note as
select e.*, lower(e.type) as what, if(e.status is null, 'open', lower(trim(e.status))) as state, greatest(e."at", coalesce(t.created_at, e."at")) as since
from ticket_event e join ticket t using (ticket_id) where local_day(e."at") <= as_of();

create temp macro is_done(state) as state = 'solved' or state = 'closed';
create temp macro by_now(moment) as if(local_day(moment) <= as_of(), moment, null);

-- Each change of status with the next one.
create temp table status_change as
select ticket_id, state, since, row_number() over w as place, lead(since) over w as ends
from ticket_note where what in ('status', 'reopen') window w as (partition by ticket_id order by since, "at", event_id);

create temp table checked_ticket as
with kept as (
  select t.*, customer_of(t.account_id) as customer, t.ticket_id in (select ticket_id from status_change) as has_history
  from ticket t
  where t.deleted is not true and t.spam is not true and t.merged_into_id is null and coalesce(local_day(t.created_at), as_of()) <= as_of()
    and (t.account_id is null or customer_of(t.account_id) is not null)
),
told as (
  select k.*,
    (select min(c.since) from status_change c where c.ticket_id = k.ticket_id and is_done(c.state)) as done_first,
    (select max(c.place) from status_change c where c.ticket_id = k.ticket_id and not is_done(c.state)) as last_open,
    (select min(n."at") from ticket_note n where n.ticket_id = k.ticket_id and n.what = 'agent_reply' and n.automated is not true) as wrote_first
  from kept k
),
settled as (
  select *,
    least(wrote_first, by_now(first_reply_at)) as answered_at,
    if(has_history, least(done_first, by_now(first_solved_at)), least(by_now(first_solved_at), by_now(solved_at))) as first_at,
    if(has_history, (select min(c.since) from status_change c where c.ticket_id = told.ticket_id and c.place > coalesce(last_open, 0)), by_now(solved_at)) as last_at
  from told
),
more as (
  select *,
    if(has_history, (select min(c.since) from status_change c where c.ticket_id = s.ticket_id and not is_done(c.state)
      and exists (select 1 from status_change d where d.ticket_id = c.ticket_id and d.place < c.place and is_done(d.state))),
      if(last_at is distinct from first_at, first_at, null)) as again_at,
    if(exists (select 1 from ticket_note n where n.ticket_id = s.ticket_id and n.what = 'agent_reply' and n.automated is not true),
      (select count(*) from ticket_note n where n.ticket_id = s.ticket_id and n.what = 'agent_reply' and n.automated is not true
        and (s.first_at is null or n."at" <= s.first_at)), reply_count) as replies
  from settled s
)
select m.ticket_id, m.created_at, local_day(m.created_at) as created_on, m.customer, m.topic, m.has_history, m.last_at, m.replies,
  coalesce(lower(trim(m.type)) = 'complaint', false) as complains, m.answered_at, m.first_at, m.sla_due_at,
  (as_of() - local_day(m.created_at)) * 24.0 as seen, local_day(m.again_at) as again_on,
  map {'region': coalesce(c.dims['region'], w.region), 'source': c.dims['source'], 'segment': c.dims['segment'], 'team': coalesce(m.team, w.team),
    'owner': w.owner, 'product': coalesce(p.name, m.product_id), 'type': m.type, 'channel': m.channel, 'topic': m.topic} as dims
from more m
left join checked_customer c on c.customer = m.customer
left join person w on w.user_id = m.owner_id
left join product p on p.product_id = m.product_id;

-- Hours are kept to four places.
create temp macro hours_between(a, b) as if(b >= a, round(date_diff('second', a, b) / 3600.0, 4), null);

-- Kaplan–Meier: how long each ticket took, or has been seen open.
create temp table lasting as
select ticket_id, created_on, dims, what, hours, over from (
  select ticket_id, created_on, dims, 'reply' as what, if(answered_at is null, seen, hours_between(created_at, answered_at)) as hours, answered_at is not null as over from checked_ticket
  union all select ticket_id, created_on, dims, 'first', if(first_at is null, seen, hours_between(created_at, first_at)), first_at is not null from checked_ticket
  union all select ticket_id, created_on, dims, 'last', if(last_at is null, seen, hours_between(created_at, last_at)), last_at is not null from checked_ticket
) where hours is not null;

create temp macro survived(what_lasts, share, dimension, from_day, to_day) as table
with seen as (select dims[dimension] as member, hours, over from lasting where what = what_lasts and created_on >= from_day::date and created_on < to_day::date),
risk as (
  select member, hours, count(*) filter (where over) as ended,
    (select count(*) from seen s where s.member is not distinct from seen.member and s.hours >= seen.hours) as at_risk
  from seen group by member, hours
),
alive as (
  select member, hours, exp(sum(if(ended = at_risk, -1000, ln(1 - ended / at_risk))) over (partition by member order by hours)) as share_left from risk
)
select member, min(hours) filter (where share_left <= 1 - share + 1e-12) as value from alive group by member;

-- Who waited how long, of tickets that stand solved and whose statuses are known.
create temp table waiting as
select t.ticket_id, local_day(t.last_at) as solved_on, t.dims,
  round(coalesce((select sum(date_diff('second', c.since, c.ends)) from status_change c where c.ticket_id = t.ticket_id and not is_done(c.state) and c.state <> 'pending'), 0) / 3600.0
    + coalesce((select date_diff('second', t.created_at, min(c.since)) from status_change c where c.ticket_id = t.ticket_id), 0) / 3600.0, 4) as customer_hours,
  round(coalesce((select sum(date_diff('second', c.since, c.ends)) from status_change c where c.ticket_id = t.ticket_id and c.state = 'pending'), 0) / 3600.0, 4) as agent_hours
from checked_ticket t where t.has_history and t.last_at is not null;

-- A ticket is open on a day when the last change by its end does not say solved; without a history, until the last solution.
create temp table open_ticket as
select t.ticket_id, d.day, t.dims, d.day - coalesce(t.created_on,
  (select min(local_day(c.since)) from status_change c where c.ticket_id = t.ticket_id), as_of()) as age
from checked_ticket t, (select distinct unnest(getvariable('census_days')) as day) d
where coalesce(t.created_on, (select min(local_day(c.since)) from status_change c where c.ticket_id = t.ticket_id), as_of()) <= d.day
  and if(t.has_history,
    not coalesce((select arg_max(is_done(c.state), c.place) from status_change c where c.ticket_id = t.ticket_id and local_day(c.since) <= d.day), false),
    t.last_at is null or local_day(t.last_at) > d.day);

-- What counts as good on which scale.
create temp table scale as
from (values ('nps', 10, 0, 9), ('csat', 1, 0, 1), ('csat', 2, 1, 2), ('csat', 3, 1, 3), ('csat', 4, 1, 3), ('csat', 5, 1, 4), ('csat', 6, 1, 5),
  ('csat', 7, 1, 6), ('csat', 10, 1, 9), ('csat', 100, 0, 80), ('ces', 5, 1, 4), ('ces', 7, 1, 5), ('ces', 10, 1, 7)) s(kind, top, bottom, good);

create temp table checked_answer as
with customers_asked as (
  select r.*, lower(trim(r.kind)) as what, customer_of(r.account_id) as customer,
    coalesce(r.scale_max, case lower(trim(r.kind)) when 'nps' then 10 when 'csat' then 5 else 7 end) as scale_top
  from survey_response r
  where (r.about is null or lower(trim(r.about)) <> 'crm') and (r.account_id is null or customer_of(r.account_id) is not null)
),
heard as (
  select q.*, s.bottom, s.top, s.good, local_day(coalesce(q.sent_at, q.responded_at)) as asked_on,
    if(q.score is null, null, by_now(coalesce(q.responded_at, q.sent_at))) as said_at
  from customers_asked q left join scale s on s.kind = q.what and s.top = q.scale_top
)
select h.what as kind, h.asked_on, if(h.score between h.bottom and h.top, local_day(h.said_at), null) as said_on, h.score, h.bottom, h.top, h.good, h.scale_top, local_day(h.said_at) as heard_on,
  h.what <> 'nps' or h.wave is null or not exists (
    select 1 from heard o where o.what = h.what and o.wave = h.wave and o.response_id <> h.response_id
      and coalesce(o.customer, o.contact_id, o.response_id) = coalesce(h.customer, h.contact_id, h.response_id)
      and (coalesce(o.said_at, timestamp '1900-01-01'), o.response_id) > (coalesce(h.said_at, timestamp '1900-01-01'), h.response_id)) as last_word,
  map {'region': coalesce(c.dims['region'], t.dims['region']), 'source': coalesce(c.dims['source'], t.dims['source']),
    'segment': coalesce(c.dims['segment'], t.dims['segment']), 'team': if(t.ticket_id is null, c.dims['team'], t.dims['team']),
    'owner': if(t.ticket_id is null, c.dims['owner'], t.dims['owner']), 'product': t.dims['product'], 'type': t.dims['type'],
    'channel': t.dims['channel'], 'topic': coalesce(h.topic, t.dims['topic'])} as dims
from heard h
left join checked_customer c on c.customer = h.customer
left join checked_ticket t on t.ticket_id = h.ticket_id
where h.asked_on <= as_of();
