-- reads: lead, account, campaign, product
-- after: opportunities
-- Leads with what became of them by as-of.

create temp table lead_day as
select l.*, local_day(l.created_at) as created_on,
  local_day(l.qualified_at) as qualified_on, coalesce(local_day(l.converted_at), d.created_on) as converted_on,
  if(d.outcome = 'won', d.closed_on, null) as won_on
from lead l left join deal d on l.converted_opportunity_id = d.opportunity_id
where l.deleted is not true and l.test is not true and l.merged_into_id is null and coalesce(local_day(l.created_at), as_of()) <= as_of();

create temp table checked_lead as
select l.lead_id, l.created_on,
  if(l.qualified_on <= as_of(), l.qualified_on, null) as qualified_on, if(l.converted_on <= as_of(), l.converted_on, null) as converted_on, l.won_on,
  map {'region': coalesce(l.region, w.region, a.region), 'team': w.team, 'owner': w.owner, 'source': coalesce(l.source, c.source),
    'product': coalesce(p.name, l.product_id), 'segment': coalesce(l.segment, a.segment)} as dims
from lead_day l
left join person w on w.user_id = l.owner_id
left join account a on a.account_id = l.converted_account_id
left join campaign c using (campaign_id)
left join product p using (product_id);
