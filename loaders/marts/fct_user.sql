-- one row per person who was given access since the log of use begins; key (person)
-- sources: int_user, crm_usage
-- order: provisioned_date, person
with
firsts as (
  select
    user_id,
    min(date) filter (own_opportunity) as sold_on,
    min(date) filter (logged_activity) as logged_on,
    min(date) filter (updated_stage) as moved_on
  from crm_usage
  where date <= $as_of
  group by user_id
)
select
  person,
  provisioned_date,
  case when sold_on is not null and logged_on is not null and moved_on is not null then greatest(sold_on, logged_on, moved_on) end
    as activated_date,
  team,
  region
from int_user left join firsts using (user_id)
where provisioned_date between (select min(date) from crm_usage) and $as_of
