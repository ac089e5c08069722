-- an open lead of which neither its own record nor its campaign names a source; days since it was created
-- about: lead
-- among: int_open_lead
-- needs: lead.source|campaign.source
select id, owner, team, stage, age as days
from int_open_lead
where source is null
