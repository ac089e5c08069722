-- one row per contact and span of days [valid_from, valid_to) on which nobody had done anything with it for 90 days;
-- key (contact, valid_from)
-- sources: fct_contact, int_activity?
-- custom: contact
-- order: valid_from, valid_to, contact
with
-- A contact is not idle before it has been there for 90 days; with no day at all it counts on $as_of.
touched as (
  select contact_id, date from int_activity
  union
  select contact_id, added_date from fct_contact where added_date is not null
),
idle as (
  select
    fct_contact.*,
    touched.date + 90 as idle_from,
    coalesce(lead(touched.date) over by_day, date '9999-12-31') as valid_to,
    touched.date is null as is_undated
  from fct_contact left join touched using (contact_id)
  window by_day as (partition by contact order by touched.date)
)
select
  contact_id,
  contact,
  coalesce(idle_from, $as_of)::date as valid_from,
  valid_to,
  is_undated,
  owner,
  team,
  region,
  source,
  segment
from idle
where coalesce(idle_from, $as_of) < valid_to and coalesce(idle_from, $as_of) <= $as_of
