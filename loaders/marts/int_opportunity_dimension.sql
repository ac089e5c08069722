-- one row per opportunity that exists on $as_of, with the dimensions that do not change over its life;
-- key (opportunity_id)
-- sources: opportunity, int_opportunity, account?, product?, campaign?, opportunity_line?, lead?
with
records as (
  select opportunity.* from opportunity semi join int_opportunity using (opportunity_id)
),
lead_sources as (
  select converted_opportunity_id as opportunity_id, first(source order by created_at, lead_id) as source
  from lead
  where converted_opportunity_id is not null and source is not null
  group by converted_opportunity_id
),
main_products as (
  select opportunity_id, first(product_id order by amount desc nulls last, line_id) as product_id
  from opportunity_line
  where product_id is not null
  group by opportunity_id
)
select
  records.opportunity_id,
  records.account_id,
  coalesce(records.source, lead_sources.source, campaign.source) as source,
  coalesce(product.name, product.product_id, records.product_id, main_products.product_id) as product,
  coalesce(records.segment, account.segment) as segment,
  records.region as own_region,
  account.region as account_region,
  coalesce(upper(records.currency), $currency) as currency
from records
left join account using (account_id)
left join campaign using (campaign_id)
left join lead_sources using (opportunity_id)
left join main_products using (opportunity_id)
left join product on product.product_id = coalesce(records.product_id, main_products.product_id)
