-- an open deal without an amount, or with one of zero; days since it was created
-- about: opportunity
-- among: int_open_opportunity
-- needs: opportunity.amount
select id, owner, team, stage, age as days
from int_open_opportunity
where coalesce(own_amount, 0) = 0
