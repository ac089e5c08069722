-- one row per person and day on which the CRM was used; key (person, date)
-- sources: int_user, crm_usage
-- order: date, person
select
  person,
  date,
  coalesce(writes, 0) > 0 as is_active,
  -- A day of somebody at half time is worth two.
  (1 / full_time_share)::decimal(12, 6) as full_time_days,
  is_licensed,
  team,
  region
from crm_usage join int_user using (user_id)
where date <= $as_of and date < valid_to and (writes > 0 or logins > 0)
