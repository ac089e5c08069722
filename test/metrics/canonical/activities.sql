-- reads: activity, crm_user, lead, contact, opportunity, account, campaign
-- after: opportunities
-- What people did, and the accounts and contacts that stand. References have followed merges at intake.

-- Where an account first came from: the earliest lead or opportunity that says so.
create temp table account_source as
select s.account_id, arg_min(s.source, (coalesce(s.created_at, timestamp '9999-01-01'), s.id)) as source
from (
  select l.converted_account_id as account_id, coalesce(l.source, c.source) as source, l.created_at, l.lead_id as id
  from lead l left join campaign c using (campaign_id) where l.deleted is not true and l.test is not true
  union all
  select o.account_id, coalesce(o.source, c.source), o.created_at, o.opportunity_id
  from opportunity o left join campaign c using (campaign_id) where o.deleted is not true and o.test is not true
) s where s.source is not null group by s.account_id;

create temp table party as
select a.account_id, coalesce(a.region, w.region) as region, a.segment, s.source
from account a left join person w on w.user_id = a.owner_id left join account_source s using (account_id)
where a.merged_into_id is null and a.deleted is not true and a.test is not true;

create temp table deed as
with by_people as (
  select a.*, local_day(a.done_at) as day from activity a
  where a.done is not false and a.deleted is not true and a.automated is not true and local_day(a.done_at) <= as_of()
    and coalesce(a.owner_id, '') not in (select user_id from crm_user where automated)
),
about as (
  select b.* exclude (account_id), coalesce(b.account_id, c.account_id, o.account_id, l.converted_account_id) as account_id
  from by_people b left join contact c using (contact_id) left join opportunity o using (opportunity_id) left join lead l using (lead_id)
)
select a.activity_id, a.day, a.done_at, a.type, a.direction, a.owner_id, a.opportunity_id, a.lead_id, a.contact_id, a.account_id,
  map {'region': coalesce(w.region, p.region), 'team': w.team, 'owner': w.owner, 'segment': p.segment, 'source': p.source, 'type': a.type} as dims
from about a left join person w on w.user_id = a.owner_id left join party p using (account_id);

-- Contacts that stand, at accounts that were not left out.
create temp table checked_contact as
select c.contact_id, local_day(c.created_at) as created_on,
  map {'region': coalesce(w.region, p.region), 'team': w.team, 'owner': w.owner, 'segment': p.segment, 'source': p.source} as dims
from contact c
left join party p using (account_id)
left join person w on w.user_id = c.owner_id
where c.deleted is not true and c.merged_into_id is null and coalesce(local_day(c.created_at), as_of()) <= as_of()
  and (c.account_id is null or c.account_id not in (select id from left_out where table_name = 'account'));

-- Meetings with an account, or a lead that is none yet, of which no opportunity was open at the end of the day before.
create temp table checked_meeting as
with held as (
  select d.*, coalesce(d.account_id, d.lead_id) as who, d.account_id is null as is_lead from deed d
  where d.type = 'meeting' and coalesce(d.account_id, d.lead_id) is not null
),
account_deal as (
  select o.account_id as who, d.*
  from deal d join opportunity o using (opportunity_id)
  where d.created_on is not null and o.account_id is not null
),
busy as (
  select h.activity_id
  from held h join account_deal d on d.who = h.who and not h.is_lead and d.created_on < h.day
  left join event e on e.opportunity_id = d.opportunity_id and e.day < h.day
  group by h.activity_id, d.opportunity_id, d.has_events, d.outcome, d.closed_on, h.day
  having if(d.has_events, coalesce(arg_max(e.state, e.position), 'open') = 'open', d.outcome = 'open' or d.closed_on >= h.day)
),
free as (select * from held where activity_id not in (select activity_id from busy)),
credit as (
  select d.opportunity_id, d.created_on, arg_max(f.activity_id, (f.day, f.done_at, f.activity_id)) as activity_id
  from account_deal d join free f on f.who = d.who and not f.is_lead and f.day <= d.created_on
  group by all
),
-- Or to the first of them after the account's last opportunity of an earlier day.
first_credit as (
  select d.who, d.created_on, arg_min(f.activity_id, (f.day, f.done_at, f.activity_id)) as activity_id
  from account_deal d join free f on f.who = d.who and not f.is_lead and f.day <= d.created_on
    and not exists (select 1 from account_deal e where e.who = d.who and e.created_on < d.created_on and e.created_on >= f.day)
  group by d.who, d.created_on
)
select f.activity_id, f.day, f.dims, (select min(c.created_on) from credit c where c.activity_id = f.activity_id) as opportunity_on,
  (select min(c.created_on) from first_credit c where c.activity_id = f.activity_id) as first_opportunity_on
from free f;
