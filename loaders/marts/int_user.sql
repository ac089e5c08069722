-- one row per person who uses the CRM, with the days of access [valid_from, valid_to); key (user_id)
-- sources: crm_user, crm_usage?
with
used as (
  select user_id, min(date) as first_day, max(date) as last_day from crm_usage where date <= $as_of group by user_id
)
select
  user_id,
  -- The number says nothing but which rows belong together: ids are not published.
  row_number() over (order by user_id)::integer as person,
  local_day(provisioned_at) as provisioned_date,
  least(coalesce(local_day(provisioned_at), hired_on, local_day(created_at), first_day, $as_of), coalesce(first_day, date '9999-12-31'))
    as valid_from,
  -- Who may not log in any more and left on a day that is not known, left after the last day of use.
  coalesce(left_on, case when active is false then coalesce(last_day + 1, $as_of) end, date '9999-12-31') as valid_to,
  licensed is true as is_licensed,
  -- Of full time; whoever says nothing works all of it.
  case when full_time_share > 0 and full_time_share < 1 then full_time_share else 1 end as full_time_share,
  team,
  region
from crm_user left join used using (user_id)
where automated is not true
