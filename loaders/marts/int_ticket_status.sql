-- one row per stretch of a ticket's life in one status by $as_of, from its creation on; key (ticket_id, step)
-- sources: ticket, ticket_event
with
changes as (
  select ticket_id, event_id, "at", coalesce(lower(trim(status)), 'open') as status
  from ticket_event
  where lower(type) in ('status', 'reopen') and local_day("at") <= $as_of
),
-- What is noted before the ticket was there counts from its creation on.
entries as (
  select ticket_id, created_at as since, null as "at", '' as event_id, 'new' as status
  from ticket semi join changes using (ticket_id)
  where created_at is not null
  union all by name
  select ticket_id, coalesce(greatest("at", created_at), "at") as since, "at", event_id, changes.status
  from changes join ticket using (ticket_id)
),
stretches as (
  select
    ticket_id,
    row_number() over by_ticket as step,
    status,
    status in ('solved', 'closed') as is_solved,
    since,
    lead(since) over by_ticket as until
  from entries
  window by_ticket as (partition by ticket_id order by since, "at" nulls first, event_id)
),
dated as (
  select *, local_day(since) as since_day, local_day(until) as until_day from stretches
)
select * exclude (since_day, until_day), business_seconds(since, since_day, until, until_day) as business from dated
