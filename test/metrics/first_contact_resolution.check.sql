-- first solved in the period and at least 7 days ago: with one answer, not reopened nor repeated by day 7 ÷ all
select t.dims[$dimension] as member,
  avg((coalesce(replies, 0) = 1 and (again_on is null or again_on - local_day(first_at) > 7) and not exists (
    select 1 from checked_ticket n where n.ticket_id <> t.ticket_id and n.customer in (select customer from checked_customer) and n.customer = t.customer
      and n.topic = t.topic and n.created_at > t.first_at and n.created_on - local_day(t.first_at) <= 7))::integer) as value
from checked_ticket t
where local_day(first_at) >= $start and local_day(first_at) < $end and $as_of::date - local_day(first_at) >= 7 group by member
