-- one lead that is open on $as_of
with planned as (
  select lead_id, max(local_day(due_at)) as due_on
  from activity
  where done is not true and due_at is not null and lead_id is not null
  group by lead_id
)
select
  lead_id as id,
  fact.owner,
  fact.team,
  fact.source,
  record.status as stage,
  record.owner_id,
  record.email,
  record.created_at,
  greatest(local_day(record.next_follow_up_at), planned.due_on) as follow_up_on,
  ($as_of::date - fact.created_date)::integer as age
from fct_lead as fact
join lead as record using (lead_id)
left join planned using (lead_id)
where fact.state = 'open'
