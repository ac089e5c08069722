-- an open lead for which nothing is planned; days since it was created
-- about: lead
-- among: int_open_lead
-- needs: lead.next_follow_up_at|activity.due_at, lead.next_follow_up_at|activity.lead_id
select id, owner, team, stage, age as days
from int_open_lead
where follow_up_on is null
