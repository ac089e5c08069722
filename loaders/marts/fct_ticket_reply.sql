-- one row per answer that a person gave to what a customer had written, the ticket itself being the first of it;
-- key (ticket_id, answered_at_id)
-- sources: int_ticket, ticket_event, fct_ticket
-- custom: ticket
-- order: date, owner
with
messages as (
  select ticket_id, created_at as "at", false as is_answer, '' as event_id from int_ticket where created_at is not null
  union all
  select ticket_id, "at", lower(event.type) = 'agent_reply', event_id
  from ticket_event as event join int_ticket using (ticket_id)
  where lower(event.type) in ('agent_reply', 'customer_reply') and automated is not true
    and local_day("at") <= $as_of and "at" >= created_at
),
-- What one side writes in a row is one turn, from its first message on.
turns as (
  select *
  from messages
  qualify is_answer is distinct from lag(is_answer) over (partition by ticket_id order by "at", event_id)
),
answered as (
  select
    *,
    lead("at") over by_ticket as answered_at,
    lead(event_id) over by_ticket as answered_at_id
  from turns
  window by_ticket as (partition by ticket_id order by "at", event_id)
)
select
  ticket_id,
  answered_at_id,
  local_day(answered_at) as date,
  (epoch(answered_at - "at") / 3600)::decimal(12, 4) as hours,
  fct_ticket.type,
  channel,
  topic,
  product,
  owner,
  team,
  region,
  source,
  segment
from answered join fct_ticket using (ticket_id)
where not is_answer and answered_at is not null
