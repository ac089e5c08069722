-- answers about the CRM in the two best boxes ÷ answers
select map_concat(p.dims, map {'topic': lower(trim(r.topic))})[$dimension] as member,
  avg((r.score >= case coalesce(r.scale_max, 5) when 1 then 1 when 2 then 2 when 3 then 3 when 100 then 80 else coalesce(r.scale_max, 5) - 1 end)::integer) as value
from survey_response r join crm_person p using (user_id)
where lower(trim(r.about)) = 'crm' and lower(trim(r.kind)) = 'csat' and r.score is not null
  and local_day(coalesce(r.responded_at, r.sent_at)) between $start::date and least($end::date - 1, $as_of::date) group by member
