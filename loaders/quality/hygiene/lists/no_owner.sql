-- an open deal that nobody is responsible for; days since it was created
-- about: opportunity
-- among: int_open_opportunity
-- needs: opportunity.owner_id
select id, stage, amount, age as days
from int_open_opportunity
where owner_id is null
