-- reads: account, lead, opportunity, campaign
-- after: basis
-- Accounts with the customer that each lives on as, and customers with their dimensions.

-- Merges are followed to their end.
create temp table checked_account as
with recursive step(account_id, survivor, distance) as (
  select account_id, account_id, 0 from account
  union all
  select s.account_id, a.merged_into_id, s.distance + 1
  from step s join account a on a.account_id = s.survivor
  where a.merged_into_id is not null and a.merged_into_id <> a.account_id and s.distance < 20
)
select account_id, arg_max(survivor, distance) as survivor from step group by account_id;

-- Nobody stands behind a deleted or test account; an account that was not exported stands for itself.
create temp macro customer_of(acc) as case
  when acc is null or acc in (select x.id from left_out x where x.table_name = 'account') then null
  when acc not in (select account_id from account) then acc
  else (select any_value(a.account_id) from checked_account c join account a on a.account_id = c.survivor
    where c.account_id = acc and a.deleted is not true and a.test is not true) end;

create temp table checked_customer as
select a.account_id as customer, map {'region': coalesce(a.region, w.region), 'team': w.team, 'owner': w.owner, 'segment': a.segment, 'source': (
    select arg_min(s.source, (s.created_at is null, s.created_at, s.record)) from (
      select l.converted_account_id as account_id, coalesce(l.source, c.source) as source, l.created_at, l.lead_id as record
      from lead l left join campaign c using (campaign_id) where l.deleted is not true and l.test is not true
      union all
      select o.account_id, coalesce(o.source, c.source), o.created_at, o.opportunity_id
      from opportunity o left join campaign c using (campaign_id) where o.deleted is not true and o.test is not true
    ) s join checked_account c using (account_id) where c.survivor = a.account_id and s.source is not null)} as dims
from account a left join person w on w.user_id = a.owner_id
where a.account_id in (select survivor from checked_account) and a.deleted is not true and a.test is not true;
