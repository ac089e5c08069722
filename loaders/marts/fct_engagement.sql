-- one row per reachable contact, local day and kind of sign of life; key (contact, date, type)
-- sources: int_engagement, int_contact, int_customer_dimension?
-- custom: contact
-- order: date, type, contact
select
  contact_id,
  contact,
  date,
  type,
  owner,
  team,
  region,
  source,
  segment
from int_engagement
join int_contact using (contact_id)
left join int_customer_dimension using (customer_id, customer)
where is_reachable
