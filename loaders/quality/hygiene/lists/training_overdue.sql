-- a course that was due and is not completed; days since it was due
-- about: training
-- among: int_due_training
-- needs: training.due_on, training.completed_at
select id, owner, team, stage, ($as_of::date - due_date)::integer as days
from int_due_training
where completed_by is null
