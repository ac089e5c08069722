-- one row per answer of a colleague to a question about the CRM; key (response_id)
-- sources: survey_response, int_user
-- order: answered_date, topic
with
-- By the highest value of the scale: the lowest, and what counts as satisfied.
scales as (
  from (values (1, 0, 1), (2, 1, 2), (3, 1, 3), (4, 1, 3), (5, 1, 4), (6, 1, 5), (7, 1, 6), (10, 1, 9), (100, 0, 80))
    as scales(highest, lowest, good)
)
select
  response_id,
  local_day(coalesce(responded_at, sent_at)) as answered_date,
  case when score >= good then answered_date end as satisfied_date,
  lower(trim(topic)) as topic,
  team,
  region
from survey_response
join int_user using (user_id)
join scales on coalesce(scale_max, 5) = highest
where lower(trim(about)) = 'crm' and lower(trim(kind)) = 'csat' and score between lowest and highest
  and local_day(coalesce(responded_at, sent_at)) <= $as_of
