-- an open lead that nobody is responsible for; days since it was created
-- about: lead
-- among: int_open_lead
-- needs: lead.owner_id
select id, stage, age as days
from int_open_lead
where owner_id is null
