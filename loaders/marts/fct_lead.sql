-- one row per lead that exists on $as_of, as it stands then; key (lead_id)
-- sources: lead, account?, product?, campaign?, dim_owner, fct_opportunity?
-- custom: lead
-- order: created_date, converted_date, owner
with
records as (
  from lead where deleted is not true and test is not true and merged_into_id is null
),
dated as (
  select
    records.*,
    local_day(created_at) as created_on,
    local_day(qualified_at) as qualified_on,
    coalesce(local_day(converted_at), opportunity.created_date) as converted_on,
    local_day(lost_at) as lost_on,
    case when opportunity.is_won then opportunity.closed_date end as won_on
  from records
  left join fct_opportunity as opportunity on records.converted_opportunity_id = opportunity.opportunity_id
),
known as (
  select
    *,
    case when qualified_on <= $as_of then qualified_on end as qualified_date,
    case when converted_on <= $as_of then converted_on end as converted_date,
    case when lost_on <= $as_of then lost_on end as lost_date
  from dated
  where coalesce(created_on, $as_of) <= $as_of
)
select
  lead_id,
  known.created_on as created_date,
  qualified_date,
  converted_date,
  won_on as won_date,
  lost_date,
  case
    when converted_date is not null then 'won'
    when state = 'won' and converted_on is null then 'won'
    when state = 'lost' and (lost_on is null or lost_date is not null) then 'lost'
    when state is null and lost_date is not null then 'lost'
    else 'open'
  end as state,
  dim_owner.owner,
  dim_owner.team,
  coalesce(known.region, dim_owner.region, account.region) as region,
  coalesce(known.source, campaign.source) as source,
  coalesce(product.name, known.product_id) as product,
  coalesce(known.segment, account.segment) as segment
from known
left join dim_owner on known.owner_id = dim_owner.user_id
left join account on known.converted_account_id = account.account_id
left join campaign using (campaign_id)
left join product using (product_id)
