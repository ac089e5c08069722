-- reads: crm_user, crm_usage, crm_request, training, survey_response, account, contact, opportunity
-- after: basis, customers, opportunities, pipeline
-- People who use the CRM, what they did in it, what stands in it and how it did.

create temp table crm_person as
select u.user_id, local_day(u.provisioned_at) as provisioned_on, u.licensed is true as licensed,
  if(u.full_time_share > 0 and u.full_time_share < 1, u.full_time_share, 1) as part,
  least(coalesce(local_day(u.provisioned_at), u.hired_on, local_day(u.created_at), w.first_on, as_of()), coalesce(w.first_on, date '9999-01-01')) as begins,
  coalesce(u.left_on, if(u.active is false, coalesce(w.last_on + 1, as_of()), null)) as ends,
  map {'team': u.team, 'region': u.region} as dims
from crm_user u left join (select user_id, min(date) as first_on, max(date) as last_on from crm_usage where date <= as_of() group by user_id) w using (user_id)
where u.automated is not true;

create temp table crm_work as
select user_id, u.date as day, coalesce(u.writes, 0) > 0 as wrote, p.licensed, p.part, p.dims
from crm_usage u join crm_person p using (user_id)
where u.date <= as_of() and (p.ends is null or u.date < p.ends) and (coalesce(u.writes, 0) > 0 or coalesce(u.logins, 0) > 0);

create temp table checked_request as
select local_day("at") as day, map {'type': kind} as dims, coalesce(requests, 1) as requests,
  case when coalesce(failed, status_code >= 400, false) then if(coalesce(user_error, status_code between 400 and 499, false), 'user', 'failed') else 'done' end as outcome,
  -- Seconds to two significant digits, halves upwards.
  (case when round(duration_ms) < 100 then greatest(round(duration_ms), 1) else
    floor(round(duration_ms) / pow(10, floor(log10(round(duration_ms))) - 1) + 0.5) * pow(10, floor(log10(round(duration_ms))) - 1) end) / 1000 as seconds
from crm_request where local_day("at") <= as_of();

create temp macro took(q, dimension, from_day, to_day) as table
with spent as (select dims[dimension] as member, seconds, sum(requests) as n from checked_request
  where outcome = 'done' and seconds is not null and day >= from_day::date and day < to_day::date group by member, seconds),
running as (select member, seconds, sum(n) over (partition by member order by seconds) as so_far, sum(n) over (partition by member) as whole from spent)
select member, min(seconds) as value from running where so_far >= q * whole - 1e-6 group by member;

create temp table checked_record as
with account_fields as (
  select account_id as id, [name, segment, industry, region, country, owner_id] as fields from account where account_id in (select customer from checked_customer)
),
contact_kept as (
  select k.* from contact k where k.deleted is not true and k.merged_into_id is null and (k.account_id is null or customer_of(k.account_id) is not null)
),
contact_fields as (select contact_id as id, [name, email, phone, title, account_id, owner_id] as fields from contact_kept),
deal_fields as (
  select o.opportunity_id as id, [o.name, o.amount::varchar, o.expected_close_date::varchar, o.account_id, o.owner_id] as fields
  from opportunity o join deal using (opportunity_id)
),
every as (
  select 'account' as what, id, fields from account_fields union all select 'contact', id, fields from contact_fields
  union all select 'opportunity', id, fields from deal_fields
),
used as (select what, range(1, 7) as places, [bool_or(fields[1] is not null), bool_or(fields[2] is not null), bool_or(fields[3] is not null),
  bool_or(fields[4] is not null), bool_or(fields[5] is not null), coalesce(bool_or(fields[6] is not null), false)] as asked from every group by what),
share as (
  select e.what, e.id, len(list_filter(u.places, lambda i: u.asked[i] and e.fields[i] is not null)) / len(list_filter(u.asked, lambda a: a)) as filled
  from every e join used u using (what)
),
plain as (
  select 'account' as what, account_id as id, created_at, trim(regexp_replace(strip_accents(lower(name)), '[^\p{L}\p{N}]+', ' ', 'g')) as words, lower(trim(country)) as country, null as mail
  from account where account_id in (select customer from checked_customer)
  union all select 'contact', contact_id, created_at, null, null, if(email like '%@%', lower(trim(email)), null) from contact_kept
),
bare as (
  select *, nullif(trim(regexp_replace(words, '( (ltd|limited|inc|incorporated|llc|llp|plc|corp|corporation|co|company|gmbh|ag|kg|se|sa|sas|sarl|srl|spa|bv|nv|oy|ab|as|aps|kft|zrt|nyrt|bt|sro|doo))+$', '')), '') as short
  from plain
),
twice as (
  select distinct b.what, b.id from bare b join bare e on b.what = e.what and b.id <> e.id
    and ((b.short = e.short and b.country is not distinct from e.country) or b.mail = e.mail)
    and (coalesce(e.created_at, timestamp '9999-01-01'), e.id) < (coalesce(b.created_at, timestamp '9999-01-01'), b.id)
),
placed as (
  select 'account' as what, a.account_id as id, local_day(a.created_at) as day, c.dims from account a join checked_customer c on c.customer = a.account_id
  union all
  select 'contact', k.contact_id, local_day(k.created_at), map {'owner': w.owner, 'team': w.team, 'region': coalesce(w.region, c.dims['region']), 'segment': c.dims['segment']}
  from contact_kept k left join person w on w.user_id = k.owner_id left join checked_customer c on c.customer = customer_of(k.account_id)
  union all
  select 'opportunity', opportunity_id, created_on, dims from checked_opportunity
)
select p.what, p.id, p.day, round(s.filled, 4)::decimal(7, 4) as filled, (p.what, p.id) in (select (what, id) from twice) as again,
  map {'owner': p.dims['owner'], 'team': p.dims['team'], 'region': p.dims['region'], 'segment': p.dims['segment'], 'type': p.what} as dims
from placed p join share s using (what, id) where coalesce(p.day, as_of()) <= as_of();

-- What was known of a deal's close date, and when; a record's own holds from its last change on.
create temp table close_said as
select opportunity_id, entered_at as at, history_id, expected_close_date as day from opportunity_stage_history
  where (select count(expected_close_date) from opportunity_stage_history) > 0 and local_day(entered_at) <= as_of()
union all
select opportunity_id, changed_at, history_id, try_cast(new_value as date) from opportunity_field_history
  where field = 'expected_close_date' and local_day(changed_at) <= as_of()
union all
select opportunity_id, timestamp '0001-01-01', '', try_cast(arg_min(old_value, (changed_at, history_id)) as date)
  from opportunity_field_history where field = 'expected_close_date' and local_day(changed_at) <= as_of() group by opportunity_id
union all
select opportunity_id, coalesce(updated_at, timestamp '9999-01-01'), null, expected_close_date from opportunity
  where (select count(expected_close_date) from opportunity) > 0;
