-- one row per person who is responsible for anything; key (user_id)
-- sources: crm_user?, opportunity?, lead?, activity?
-- order: owner
with
colleagues as (
  select user_id, coalesce(nullif(trim(name), ''), user_id) as name, team, region
  from crm_user
),
responsible as (
  select owner_id as user_id from opportunity
  union select owner_id from lead
  union select owner_id from activity
),
strangers as (
  select user_id, user_id as name from responsible anti join colleagues using (user_id) where user_id is not null
),
everybody as (
  from colleagues union all by name from strangers
)
select
  user_id,
  case when count(*) over (partition by name) = 1 then name else concat(name, ' (', user_id, ')') end as owner,
  team,
  region
from everybody
