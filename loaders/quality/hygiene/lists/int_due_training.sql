-- one course that somebody who is still there was to complete by $as_of
select
  training_id as id,
  dim_owner.owner,
  dim_owner.team,
  topic as stage,
  fact.due_date,
  completed_by
from fct_training as fact
join training using (training_id)
left join dim_owner using (user_id)
where fact.valid_to > $as_of
