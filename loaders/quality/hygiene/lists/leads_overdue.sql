-- an open lead whose last planned follow-up has passed; days since then
-- about: lead
-- among: int_open_lead
-- needs: lead.next_follow_up_at|activity.due_at, lead.next_follow_up_at|activity.lead_id
select id, owner, team, stage, ($as_of::date - follow_up_on)::integer as days
from int_open_lead
where follow_up_on < $as_of
