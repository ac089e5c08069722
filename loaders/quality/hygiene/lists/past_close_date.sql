-- an open deal whose expected close date has passed; days since then
-- about: opportunity
-- among: int_open_opportunity
-- needs: opportunity.expected_close_date
select id, owner, team, stage, amount, ($as_of::date - expected_close_date)::integer as days
from int_open_opportunity
where expected_close_date < $as_of
