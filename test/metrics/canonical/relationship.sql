-- reads: contact, activity, engagement_event, product_usage, ticket, survey_response, invoice, contract
-- after: basis, subscriptions
-- Contacts who may be written to, their signs of life; and the health of paying customers on the days asked about.

create temp table reachable as
select c.contact_id, c.account_id, d.dims, local_day(c.created_at) as created_on
from contact c left join customer_dims d using (account_id)
where c.deleted is not true and c.merged_into_id is null and c.reachable is not false
  and coalesce(local_day(c.created_at), as_of()) <= as_of()
  and (c.account_id is null or c.account_id not in (select account_id from no_customer));

create temp table sign_of_life as
select contact_id, day, what, r.dims as own, map_concat(coalesce(r.dims, map {}), map {'type': what}) as dims
from reachable r join (
  select contact_id, local_day("at") as day, type as what from engagement_event where type in ('click', 'reply', 'webinar', 'meeting', 'login')
  union
  select contact_id, local_day(done_at), if(type = 'meeting', 'meeting', 'reply') from activity
  where done is not false and automated is not true and deleted is not true and (type = 'meeting' or (type = 'email' and direction = 'inbound'))
) using (contact_id)
where day <= as_of();

create temp table known_contact as
select r.*, least(coalesce(r.created_on, f.first_on, as_of()), coalesce(f.first_on, as_of())) as known_on
from reachable r left join (select contact_id, min(day) as first_on from sign_of_life group by contact_id) f using (contact_id);

-- Scores are taken on month ends and as-of; on another day the one before holds.
create temp table scoring as
select on_day, if(on_day = as_of() or on_day = last_day(on_day), on_day, last_day(on_day - interval 1 month)) as day
from (select distinct unnest(getvariable('census_days')) as on_day);

-- Customers who paid without a break (of 30 days) from the day of scoring to the day asked about.
create temp table scored_customer as
select s.on_day, s.day, p.customer, p.account_id, any_value(p.customer_dims) as dims, sum(p.value) as value
from (select distinct on_day, day from scoring) s join paid_day p on p.day = s.day
semi join (
  select s.on_day, x.customer from (select distinct on_day, day from scoring) s join paid_day x on x.day between s.day and s.on_day
  group by s.on_day, s.day, x.customer having count(distinct x.day) = s.on_day - s.day + 1
) stayed on stayed.on_day = s.on_day and stayed.customer = p.customer
group by s.on_day, s.day, p.customer, p.account_id;

create temp macro between_0_and_100(score) as greatest(0, least(100, score));

create temp table checked_input as
with c as (select distinct day, customer, account_id from scored_customer where account_id in (select account_id from customer_dims)),
-- Customers who paid on each of the 112 days, all of them days of the log.
there as (
  select c.day, c.customer, c.account_id from c join paid_day p on p.customer = c.customer and p.day between c.day - 111 and c.day
  where c.day - 111 >= (select min(u.date) from product_usage u where u.account_id in (select account_id from customer_dims))
  group by c.day, c.customer, c.account_id having count(distinct p.day) = 112
),
used as (
  select c.day, c.customer, coalesce(sum(u.active_users) filter (c.day - u.date between 0 and 27), 0) as now,
    sum(u.active_users) filter (c.day - u.date between 28 and 111) as before
  from there c join product_usage u using (account_id) group by c.day, c.customer
),
tickets as (select t.*, local_day(t.created_at) as opened, local_day(t.solved_at) as solved from ticket t
  where t.deleted is not true and t.spam is not true and t.merged_into_id is null and t.account_id in (select account_id from customer_dims)),
helped as (
  select c.day, c.customer, count(t.ticket_id) filter (lower(t.type) = 'complaint' and c.day - t.opened between 0 and 89)
    + count(t.ticket_id) filter (c.day - t.opened > 7 and (t.solved is null or t.solved > c.day)) as burdens
  from c left join tickets t using (account_id) where c.day >= (select min(opened) from tickets) group by c.day, c.customer
),
answered as (
  select c.day, c.customer, sum(round(if(r.kind = 'nps', r.score / coalesce(r.scale_max, 10), (r.score - 1) / (r.scale_max - 1)), 6)::decimal(9, 6)) / count(*) as mean
  from c join survey_response r using (account_id)
  where r.score is not null and (r.kind = 'nps' or r.scale_max > 1) and r.about is distinct from 'crm' and c.day - local_day(r.responded_at) between 0 and 179 group by c.day, c.customer
),
paid as (
  select c.day, c.customer, count(*) as due, count(*) filter (local_day(i.paid_at) <= i.due_date + 7 and local_day(i.paid_at) <= c.day) as in_time
  from c join invoice i using (account_id) where i.deleted is not true and c.day - i.due_date between 7 and 179 group by c.day, c.customer
),
touch as (
  select account_id, local_day(done_at) as on_day from activity where done is not false and automated is not true and deleted is not true
  union select account_id, local_day("at") from engagement_event where type in ('click', 'reply', 'webinar', 'meeting', 'login')
),
first_touch as (select min(on_day) as day from touch where account_id in (select account_id from customer_dims)),
silent as (
  select c.day, c.customer, min(c.day - t.on_day) as days from c left join touch t on t.account_id = c.account_id and t.on_day <= c.day group by c.day, c.customer
),
bound as (
  select c.day, c.customer, max(k.end_date) - c.day as days from c join contract k using (account_id)
  where k.deleted is not true and local_day(k.signed_at) <= c.day and lower(trim(k.kind)) is distinct from 'amendment' and k.start_date - c.day <= 30 group by c.day, c.customer
)
select day, customer, 'usage' as input, between_0_and_100(300.0 * now / before)::decimal(5, 2) as score from used where before > 0
union all select day, customer, 'support', between_0_and_100(100 - 20 * burdens) from helped
union all select day, customer, 'sentiment', between_0_and_100(100 * mean)::decimal(5, 2) from answered
union all select day, customer, 'payment', between_0_and_100(100.0 * in_time / due)::decimal(5, 2) from paid
union all select silent.day, customer, 'relation', if(days is null, 0, between_0_and_100(100.0 * (120 - days) / 90))::decimal(5, 2) from silent, first_touch
  where days is not null or silent.day - first_touch.day >= 120
union all select day, customer, 'renewal', between_0_and_100(100.0 * days / 180)::decimal(5, 2) from bound where days >= -30;

create temp table checked_health as
with weighed as (
  select day, customer, round((sum(score * weight) / sum(weight))::double, 2) as score, sum(weight) / 100.0 as confidence,
    max(score) filter (input = 'relation') as relation, max(score) filter (input = 'renewal') as renewal
  from checked_input join (values ('usage', 30), ('support', 15), ('sentiment', 15), ('payment', 15), ('relation', 15), ('renewal', 10)) w(input, weight) using (input)
  group by day, customer
)
select s.on_day, s.customer, s.dims, s.value, w.score, coalesce(w.confidence, 0) as confidence,
  case when coalesce(w.confidence, 0) < 0.5 then null when w.score < 40 then 'red' when w.score < 70 then 'amber' else 'green' end as band,
  coalesce(w.confidence >= 0.5 and w.score < 40, false) or coalesce(w.renewal <= 50 and w.relation < 100, false) as at_risk
from scored_customer s left join weighed w using (day, customer);
