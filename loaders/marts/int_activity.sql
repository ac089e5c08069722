-- one row per activity that a person has done by $as_of, with the records it is about as they stand after merges;
-- key (activity_id)
-- sources: activity, crm_user?, int_lead_survivor?, opportunity?, int_contact_survivor?, contact?, lead?, int_customer?
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
    done.activity_id,
    done.date,
    done.done_at,
    done.type,
    done.direction,
    done.owner_id,
    coalesce(int_lead_survivor.survivor_id, done.lead_id) as lead_id,
    coalesce(int_contact_survivor.survivor_id, done.contact_id) as contact_id,
    done.opportunity_id,
    coalesce(done.account_id, contact.account_id, opportunity.account_id, lead.converted_account_id) as account_id
  from done
  left join int_lead_survivor using (lead_id)
  left join lead on coalesce(int_lead_survivor.survivor_id, done.lead_id) = lead.lead_id
  left join int_contact_survivor using (contact_id)
  left join contact on coalesce(int_contact_survivor.survivor_id, done.contact_id) = contact.contact_id
  left join opportunity using (opportunity_id)
)
select placed.* exclude (account_id), coalesce(customer_id, account_id) as account_id
from placed left join int_customer using (account_id)
