-- one row per activity that a person has done by $as_of, with the account that it is about; key (activity_id)
-- sources: activity, crm_user?, contact?, opportunity?, lead?, int_customer?
with
done as (
  select activity.*, local_day(done_at) as date
  from activity
  left join crm_user on activity.owner_id = crm_user.user_id
  where done is not false
    and local_day(done_at) <= $as_of
    and activity.automated is not true
    and crm_user.automated is not true
    and activity.deleted is not true
),
placed as (
  select
    done.* exclude (account_id),
    coalesce(done.account_id, contact.account_id, opportunity.account_id, lead.converted_account_id) as account_id
  from done
  left join (select contact_id, account_id from contact where account_id is not null) as contact using (contact_id)
  left join (select opportunity_id, account_id from opportunity where account_id is not null) as opportunity using (opportunity_id)
  left join (select lead_id, converted_account_id from lead where converted_account_id is not null) as lead using (lead_id)
)
select
  activity_id,
  date,
  done_at,
  type,
  direction,
  owner_id,
  lead_id,
  contact_id,
  opportunity_id,
  coalesce(customer_id, account_id) as account_id
from placed left join int_customer using (account_id)
