-- one row per contact who may be written to, from the day it is known: its created day, its first sign of life where that
-- is earlier, $as_of where there is neither; key (contact)
-- sources: int_contact, int_engagement?, int_customer_dimension?
-- custom: contact
-- order: valid_from, contact
with
firsts as (
  select contact_id, min(date) as first_sign from int_engagement group by contact_id
)
select
  contact_id,
  contact,
  least(coalesce(created_date, first_sign, $as_of), coalesce(first_sign, $as_of))::date as valid_from,
  date '9999-12-31' as valid_to,
  created_date is null and first_sign is null as is_undated,
  owner,
  team,
  region,
  source,
  segment
from int_contact
left join firsts using (contact_id)
left join int_customer_dimension using (customer_id, customer)
where is_reachable
