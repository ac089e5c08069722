-- an open deal of which neither its own record, nor its lead, nor its campaign names a source; days since it was created
-- about: opportunity
-- among: int_open_opportunity
-- needs: opportunity.source|lead.source|campaign.source
select id, owner, team, stage, amount, age as days
from int_open_opportunity
where source is null
