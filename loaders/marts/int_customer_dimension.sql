-- one row per account that stands after merges, with its number in the marts and the dimensions that do not change over
-- its life; key (customer_id)
-- sources: account, int_customer, dim_owner?, lead?, opportunity?, campaign?
with
standing as (
  select account.*
  from account join int_customer using (account_id)
  where account_id = customer_id and deleted is not true and test is not true
),
-- Where a customer first came from: the earliest lead or opportunity that says so.
sources as (
  select customer_id, source, created_at, record_id
  from (
    select converted_account_id as account_id, coalesce(lead.source, campaign.source) as source, lead.created_at, lead_id as record_id
    from lead left join campaign using (campaign_id)
    where lead.deleted is not true and lead.test is not true
    union all
    select account_id, coalesce(opportunity.source, campaign.source), opportunity.created_at, opportunity_id
    from opportunity left join campaign using (campaign_id)
    where opportunity.deleted is not true and opportunity.test is not true
  ) join int_customer using (account_id)
  where source is not null
),
first_sources as (
  select customer_id, first(source order by created_at nulls last, record_id) as source from sources group by customer_id
)
select
  account_id as customer_id,
  -- The number says nothing but which rows belong together: ids are not published.
  row_number() over (order by account_id)::integer as customer,
  dim_owner.owner,
  dim_owner.team,
  coalesce(standing.region, dim_owner.region) as region,
  first_sources.source,
  standing.segment
from standing
left join dim_owner on standing.owner_id = dim_owner.user_id
left join first_sources on standing.account_id = first_sources.customer_id
