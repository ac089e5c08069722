-- completed by the period's last day ÷ due by it, of people who are still there
with last as (select least($end::date - 1, $as_of::date) as day)
select map_concat(p.dims, map {'topic': t.course})[$dimension] as member, avg(coalesce(local_day(t.completed_at) <= last.day, false)::integer) as value
from training t join crm_person p using (user_id), last where t.due_on <= last.day and (p.ends is null or p.ends > last.day) group by member
