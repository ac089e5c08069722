-- one row per course that a person was to complete by a day that has come; key (training_id)
-- sources: training, int_user
-- order: due_date, topic
select
  training_id,
  due_on as due_date,
  case when local_day(completed_at) <= $as_of then greatest(due_on, local_day(completed_at)) end as completed_by,
  valid_to,
  course as topic,
  team,
  region
from training join int_user using (user_id)
where due_on <= $as_of
