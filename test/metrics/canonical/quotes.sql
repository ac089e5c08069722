-- reads: quote, sales_order, account
-- after: orders, opportunities
-- Quotes, the latest revision of each, and when the first order came from any revision.

create temp table checked_quote as
with known as (select *, coalesce(quote_family_id, quote_id) as family from quote where deleted is not true and (created_at is null or local_day(created_at) <= as_of())),
best as (select family, max_by(quote_id, (coalesce(revision, -1), coalesce(created_at, timestamp '0001-01-01'), quote_id)) as quote_id from known group by family)
select k.quote_id, local_day(k.created_at) as created_on, k.expires_on,
  (select min(day) from (
    select local_day(r.ordered_at) as day, r.family from known r
    union all
    select o.day, r.family from known r join sales_order s on s.quote_id = r.quote_id join checked_order o on o.order_id = s.order_id where not o.called_off and not o.given_back
  ) x where x.family = b.family and x.day <= as_of()) as ordered_on,
  map {'region': coalesce(d.own_region, w.region, a.region), 'team': w.team, 'owner': w.owner, 'source': d.source, 'product': d.product,
    'segment': coalesce(d.segment, a.segment)} as dims
from best b join known k using (quote_id)
left join deal d on d.opportunity_id = k.opportunity_id
left join (select opportunity_id, account_id as of_account from opportunity) t on t.opportunity_id = d.opportunity_id
left join account a on a.account_id = coalesce(k.account_id, t.of_account)
left join person w on w.user_id = k.owner_id;
