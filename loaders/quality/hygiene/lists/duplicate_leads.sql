-- an open lead with the e-mail address of an earlier open one; days since it was created
-- about: lead
-- among: int_open_lead
-- needs: lead.email
select id, owner, team, stage, age as days, first(id) over same as same_as
from int_open_lead
where email like '%@%'
window same as (partition by lower(trim(email)) order by created_at nulls last, id)
qualify row_number() over same > 1
