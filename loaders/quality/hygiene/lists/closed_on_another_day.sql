-- a deal whose record says another day of closing than its stage history, which counts; days between the two. A day that is
-- only known to lie between two exports is no other where the typed one lies there too
-- about: closed_opportunity
-- among: int_closed_opportunity
-- needs: opportunity.closed_at|opportunity.expected_close_date, opportunity_stage_history.entered_at|opportunity_field_history.changed_at
select id, owner, team, stage, amount, abs(typed_on - closed_date)::integer as days
from int_closed_opportunity
where typed_on <> closed_date and (changed_after is null or typed_on < local_day(changed_after) or typed_on > local_day(changed_until))
