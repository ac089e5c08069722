-- an open lead, old enough, that no person has written to, called or met; days since it was created
-- about: lead
-- among: int_open_lead
-- needs: activity.lead_id
select id, owner, team, stage, age as days
from int_open_lead
where coalesce(local_day(created_at + to_hours($uncontacted_hours)) <= $as_of, true)
  and id not in (
    select lead_id from activity
    where lead_id is not null and done and automated is not true and coalesce(direction, 'outbound') <> 'inbound'
      and coalesce(local_day(coalesce(done_at, created_at)), $as_of::date) <= $as_of
  )
