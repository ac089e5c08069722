-- reads: activity, lead, crm_user
-- after: opportunities
-- When people were first in touch about an opportunity, or about the lead it came from; merges are followed to their end.

create temp table checked_first_contact as
with recursive step(lead_id, survivor, distance) as (
  select lead_id, lead_id, 0 from lead
  union all
  select s.lead_id, l.merged_into_id, s.distance + 1 from step s join lead l on l.lead_id = s.survivor
  where l.merged_into_id is not null and l.merged_into_id <> l.lead_id and s.distance < 20
),
lives_on as (select lead_id, arg_max(survivor, distance) as survivor from step group by lead_id),
contact as (
  select a.opportunity_id, coalesce(s.survivor, a.lead_id) as lead_id, local_day(a.done_at) as day
  from activity a left join lives_on s using (lead_id)
  where a.type in ('email', 'call', 'meeting') and a.done is not false and a.automated is not true and a.deleted is not true
    and a.owner_id is distinct from (select min(u.user_id) from crm_user u where u.user_id = a.owner_id and u.automated) and local_day(a.done_at) <= as_of()
)
select opportunity_id, min(day) as day from (
  select opportunity_id, day from contact where opportunity_id is not null
  union all
  select l.converted_opportunity_id, c.day from contact c join lives_on s on s.survivor = c.lead_id join lead l on l.lead_id = s.lead_id
  where l.converted_opportunity_id is not null and l.deleted is not true and l.test is not true
) group by opportunity_id;
