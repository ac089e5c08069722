-- one row per lead that exists on $as_of, as it stands then; key (lead_id)
-- sources: lead, int_lead_response?, account?, product?, campaign?, dim_owner, fct_opportunity?, int_customer?, int_customer_dimension?, int_purchase?
-- custom: lead
-- order: created_date, converted_date, owner
with
records as (
  from lead where deleted is not true and test is not true and merged_into_id is null
),
first_purchases as (
  select account_id as converted_account_id, min(day) as purchased_on
  from int_purchase join int_customer_dimension using (customer) join int_customer using (customer_id)
  group by account_id
),
dated as (
  select
    records.*,
    local_day(created_at) as created_on,
    local_day(qualified_at) as qualified_on,
    coalesce(local_day(converted_at), opportunity.created_date) as converted_on,
    local_day(lost_at) as lost_on,
    local_day(reopened_at) as reopened_on,
    case when opportunity.opportunity_id is not null then coalesce(opportunity.created_date, local_day(converted_at)) end
      as opportunity_on,
    case when opportunity.is_won then opportunity.closed_date end as won_on,
    -- Whoever had bought before was a customer already.
    case when purchased_on >= local_day(created_at) then purchased_on end as purchase_date
  from records
  left join fct_opportunity as opportunity on records.converted_opportunity_id = opportunity.opportunity_id
  left join first_purchases using (converted_account_id)
),
known as (
  select
    *,
    case when qualified_on <= $as_of then qualified_on end as qualified_date,
    case when converted_on <= $as_of then converted_on end as converted_date,
    case when opportunity_on <= $as_of then opportunity_on end as opportunity_date,
    case when lost_on <= $as_of then lost_on end as lost_date,
    case when reopened_on <= $as_of then reopened_on end as taken_up_on
  from dated
  where coalesce(created_on, $as_of) <= $as_of
),
standing as (
  select
    *,
    case
      when converted_date is not null then 'won'
      when state = 'won' and converted_on is null then 'won'
      when state = 'lost' and (lost_on is null or lost_date is not null) then 'lost'
      when state is null and lost_date is not null and not coalesce(taken_up_on is not null and reopened_at >= lost_at, false) then 'lost'
      -- Taken up again after $as_of, it is given up still.
      when lost_date is not null and reopened_on > $as_of then 'lost'
      else 'open'
    end as standing
  from known
),
-- It cannot have been closed before it was there.
closed as (
  select
    *,
    case
      when standing = 'won' and converted_date is not null then greatest(converted_date, created_on)
      when standing = 'lost' and lost_date is not null then greatest(lost_date, created_on)
    end as closed_date,
    -- Only what became of it last is known: taken up again before the loss that is told, it says nothing of that loss.
    case when standing <> 'lost' and taken_up_on > greatest(lost_date, created_on) then taken_up_on end as reopened_date
  from standing
),
-- Whoever was in touch before the lead was there has no response time.
answered as (
  select
    closed.*,
    responded_at,
    local_day(responded_at) as responded_on,
    responded_at is not null as is_contacted,
    case when responded_at >= created_at then responded_at - created_at end as waited,
    coalesce(responded_at >= created_at, true) as is_timed
  from closed left join int_lead_response using (lead_id)
)
select
  lead_id,
  answered.created_on as created_date,
  qualified_date,
  least(qualified_date, converted_date, won_on) as qualified_or_later_date,
  converted_date,
  opportunity_date,
  purchase_date,
  won_on as won_date,
  lost_date,
  case when standing = 'lost' and (qualified_date is null or lost_date < qualified_date) then lost_date end
    as disqualified_date,
  closed_date,
  case when reopened_date <= coalesce(closed_date, $as_of) then reopened_date end as reopened_date,
  answered.standing as state,
  answered.imported is true as is_imported,
  standing = 'won' as is_won,
  case when converted_date >= created_on then converted_date - created_on end::integer as conversion_days,
  -- How long it was watched for a conversion.
  case
    when standing = 'won' then case when converted_date >= created_on then converted_date - created_on end
    when standing = 'lost' then closed_date - created_on
    else $as_of - created_on
  end::integer as watched_days,
  is_contacted,
  case
    when is_contacted then epoch(waited) / 3600
    else (coalesce(closed_date, $as_of) - created_on) * 24
  end::decimal(12, 4) as response_hours,
  case
    when waited is not null then business_seconds(answered.created_at, created_on, responded_at, responded_on) / 3600
    when not is_contacted then business_seconds_of_days(created_on, coalesce(closed_date, $as_of)) / 3600
  end::decimal(12, 4) as response_business_hours,
  case when waited <= interval 5 minutes then responded_on end as answered_in_5_minutes_date,
  case when waited <= interval 1 hour then responded_on end as answered_in_1_hour_date,
  case when waited <= interval 24 hours then responded_on end as answered_in_24_hours_date,
  is_timed and local_day(answered.created_at + interval 5 minutes) <= $as_of as is_due_in_5_minutes,
  is_timed and local_day(answered.created_at + interval 1 hour) <= $as_of as is_due_in_1_hour,
  is_timed and local_day(answered.created_at + interval 24 hours) <= $as_of as is_due_in_24_hours,
  dim_owner.owner,
  dim_owner.team,
  coalesce(answered.region, dim_owner.region, account.region) as region,
  coalesce(answered.source, campaign.source) as source,
  answered.last_source,
  coalesce(campaign.name, answered.campaign_id) as campaign,
  coalesce(product.name, answered.product_id) as product,
  coalesce(answered.segment, account.segment) as segment,
  case when standing = 'lost' or reopened_date is not null then lost_reason end as reason
from answered
left join dim_owner on answered.owner_id = dim_owner.user_id
left join account on answered.converted_account_id = account.account_id
left join campaign using (campaign_id)
left join product using (product_id)
