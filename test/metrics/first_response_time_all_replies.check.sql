-- mean hours from what a customer wrote first after the last answer (or the ticket) to the next answer of a person
with said as (
  select ticket_id, created_at as "at", 'customer' as who from checked_ticket where created_at is not null
  union all
  select n.ticket_id, n."at", if(n.what = 'agent_reply', 'agent', 'customer') from ticket_note n join checked_ticket t using (ticket_id)
  where n.what in ('agent_reply', 'customer_reply') and n.automated is not true and n."at" >= t.created_at
),
answer as (
  select s.ticket_id, s."at" as answered_at, (
    select min(q."at") from said q where q.ticket_id = s.ticket_id and q.who = 'customer' and q."at" <= s."at"
      and q."at" >= coalesce((select max(b."at") from said b where b.ticket_id = s.ticket_id and b.who = 'agent' and b."at" < s."at"), q."at")) as asked_at
  from said s where s.who = 'agent'
)
select t.dims[$dimension] as member, avg(hours_between(answer.asked_at, answer.answered_at)::decimal(12, 4)) as value
from answer join checked_ticket t using (ticket_id)
where answer.asked_at is not null and local_day(answer.answered_at) >= $start and local_day(answer.answered_at) < $end group by member
