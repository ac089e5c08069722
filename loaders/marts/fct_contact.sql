-- one row per contact that stands after merges; key (contact)
-- sources: int_contact, contact, dim_owner?, int_customer_dimension?
-- custom: contact
-- order: added_date, contact
select
  int_contact.contact_id,
  int_contact.contact,
  int_contact.created_date as added_date,
  dim_owner.owner,
  dim_owner.team,
  coalesce(dim_owner.region, customer.region) as region,
  customer.source,
  customer.segment
from int_contact
join contact using (contact_id)
left join dim_owner on contact.owner_id = dim_owner.user_id
left join int_customer_dimension as customer on int_contact.customer_id = customer.customer_id
