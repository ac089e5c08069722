-- one row per contact that exists on $as_of, with its number in the marts and whether it may be written to; key (contact_id)
-- sources: contact, int_customer?, int_customer_dimension?, left_out?
select
  contact_id,
  -- The number says nothing but which rows belong together: ids are not published.
  row_number() over (order by contact_id)::integer as contact,
  int_customer.customer_id,
  int_customer_dimension.customer,
  local_day(created_at) as created_date,
  reachable is not false as is_reachable
from contact
left join int_customer using (account_id)
left join int_customer_dimension using (customer_id)
left join left_out on table_name = 'account' and id = contact.account_id
where contact.deleted is not true
  and left_out.id is null
  and contact.merged_into_id is null
  and coalesce(local_day(created_at), $as_of) <= $as_of
  -- Deleted and test accounts have no number.
  and (int_customer.account_id is null or customer is not null)
