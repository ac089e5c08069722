-- reads: lead, account, campaign, product, sales_order
-- after: opportunities, activities
-- Leads with what became of them by as-of.

-- The first order of an account that was neither cancelled by as-of nor is a return.
create temp table first_order as
select s.account_id, min(s.order_date) as ordered_on
from sales_order s join party p using (account_id)
where s.deleted is not true and s.order_date <= as_of() and not coalesce(s.returned, s.net_amount < 0)
  and not (coalesce(s.cancelled, s.cancelled_at is not null) and coalesce(local_day(s.cancelled_at), as_of()) <= as_of())
group by s.account_id;

-- A person's first e-mail, call or meeting that did not come from the lead, filed under it or under its opportunity.
create temp table first_contact as
select lead_id, min(done_at) as contacted_at
from (
  select lead_id, done_at, type, direction from deed
  union all
  select l.lead_id, d.done_at, d.type, d.direction
  from deed d join lead l on l.converted_opportunity_id = d.opportunity_id
)
where type in ('email', 'call', 'meeting') and coalesce(direction, 'outbound') <> 'inbound' and lead_id is not null
group by lead_id;

create temp table lead_day as
select l.*, l.created_at as born_at, local_day(l.created_at) as created_on, local_day(l.qualified_at) as qualified_on, local_day(l.lost_at) as lost_on,
  coalesce(local_day(l.converted_at), d.created_on) as converted_on,
  if(d.opportunity_id is null, null, coalesce(d.created_on, local_day(l.converted_at))) as opportunity_on,
  if(d.outcome = 'won', d.closed_on, null) as won_on
from lead l left join deal d on l.converted_opportunity_id = d.opportunity_id
where l.deleted is not true and l.test is not true and l.merged_into_id is null and coalesce(local_day(l.created_at), as_of()) <= as_of();

create temp table checked_lead as
with seen as (
  select * replace (
    if(qualified_on <= as_of(), qualified_on, null) as qualified_on, if(converted_on <= as_of(), converted_on, null) as converted_on,
    if(opportunity_on <= as_of(), opportunity_on, null) as opportunity_on),
    if(lost_on <= as_of(), lost_on, null) as lost_by_now, converted_on is null as never_dated
  from lead_day
),
-- Taken up again after the loss that is told, as far as anybody knows by now.
again as (
  select *, reopened_at is not null and lost_by_now is not null and local_day(reopened_at) <= as_of() and reopened_at >= lost_at as came_back,
    lost_by_now is not null and local_day(reopened_at) > as_of() as comes_back
  from seen
),
settled as (
  select *, case when converted_on is not null or (state = 'won' and never_dated) then 'won'
    when state = 'lost' and (lost_on is null or lost_by_now is not null) then 'lost'
    when state is null and lost_by_now is not null and not coalesce(came_back, false) then 'lost'
    when comes_back then 'lost' else 'open' end as outcome
  from again
)
select s.lead_id, s.born_at, s.created_on, s.qualified_on, s.converted_on, s.won_on, s.opportunity_on, s.outcome, coalesce(s.imported, false) as imported,
  (select min(day) from unnest([s.qualified_on, s.converted_on, s.won_on]) as t(day)) as fit_on,
  if(s.outcome = 'lost' and not coalesce(s.qualified_on <= s.lost_by_now, false), s.lost_by_now, null) as unfit_on,
  -- The day it ended, not before it was there.
  case s.outcome when 'won' then if(s.converted_on < s.created_on, s.created_on, s.converted_on)
    when 'lost' then if(s.lost_by_now < s.created_on, s.created_on, s.lost_by_now) end as ended_on,
  -- Days between which it was given up, though it is not lost now.
  if(away, greatest(s.lost_by_now, s.created_on), null) as away_from, if(away, local_day(s.reopened_at), null) as away_to,
  if(fo.ordered_on >= s.created_on, fo.ordered_on, null) as ordered_on,
  fc.contacted_at,
  map {'region': coalesce(s.region, w.region, a.region), 'team': w.team, 'owner': w.owner, 'source': coalesce(s.source, c.source),
    'product': coalesce(p.name, s.product_id), 'segment': coalesce(s.segment, a.segment), 'campaign': coalesce(c.name, s.campaign_id),
    'reason': if(s.outcome = 'lost' or away, s.lost_reason, null), 'last_source': s.last_source} as dims
from (
  select *, coalesce(came_back and created_on is not null and outcome <> 'lost' and local_day(reopened_at) > greatest(lost_by_now, created_on)
    and (outcome = 'open' or local_day(reopened_at) <= greatest(converted_on, created_on)), false) as away
  from settled
) s
left join person w on w.user_id = s.owner_id
left join account a on a.account_id = s.converted_account_id
left join first_order fo on fo.account_id = s.converted_account_id
left join first_contact fc on fc.lead_id = s.lead_id
left join campaign c using (campaign_id)
left join product p using (product_id);
