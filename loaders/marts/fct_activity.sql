-- one row per activity that a person has done; key (activity_id)
-- sources: int_activity, int_contact?, dim_owner?, int_customer_dimension?, activity_weight?
-- custom: activity
-- order: date, type, owner
select
  activity_id,
  int_activity.date,
  int_activity.type,
  direction,
  coalesce(activity_weight.points, 0)::decimal(9, 2) as points,
  int_contact.contact,
  dim_owner.owner,
  dim_owner.team,
  coalesce(dim_owner.region, customer.region) as region,
  customer.segment
from int_activity
left join activity_weight on int_activity.type = activity_weight.type
left join int_contact using (contact_id)
left join dim_owner on int_activity.owner_id = dim_owner.user_id
left join int_customer_dimension as customer on int_activity.account_id = customer.customer_id
