-- an open deal with neither a next step nor an activity planned for $as_of or later; days since it was created
-- about: opportunity
-- among: int_open_opportunity
-- needs: opportunity.next_step|activity.due_at, opportunity.next_step|activity.opportunity_id
select id, owner, team, stage, amount, age as days
from int_open_opportunity
where is_current and nullif(trim(next_step), '') is null
  and id not in (
    select opportunity_id from activity
    where opportunity_id is not null and done is not true and local_day(due_at) >= $as_of
  )
