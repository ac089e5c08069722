-- reads: fx_rate, account, lead, opportunity, campaign, subscription, subscription_event, product
-- after: basis
-- Who pays how much on every single day: a slow and plain way to what the marts keep as spans.

-- Dimensions of a customer: the account's own, its owner's, and the source of the first lead or opportunity that tells one.
create temp table customer_dims as
with told as (
  select l.converted_account_id as account_id, coalesce(l.source, c.source) as source, l.created_at, l.lead_id as id
  from lead l left join campaign c using (campaign_id) where l.deleted is not true and l.test is not true
  union all
  select o.account_id, coalesce(o.source, c.source), o.created_at, o.opportunity_id
  from opportunity o left join campaign c using (campaign_id) where o.deleted is not true and o.test is not true
)
select a.account_id, map {'region': coalesce(a.region, p.region), 'team': p.team, 'owner': p.owner, 'segment': a.segment,
  'source': (select arg_min(t.source, (coalesce(t.created_at, '9999-01-01'), t.id)) from told t where t.account_id = a.account_id and t.source is not null)} as dims
from account a left join person p on p.user_id = a.owner_id
where a.deleted is not true and a.test is not true and a.merged_into_id is null;

create temp table no_customer as
select id as account_id from left_out where table_name = 'account'
union select account_id from account where deleted is true or test is true;

create temp table paid_subscription as
-- A coupon without an end is part of the price.
select s.*, coalesce(s.account_id, s.subscription_id) as customer, if(s.discount_until is null, coalesce(s.discount, 0), 0) as off,
  coalesce(s.ended_on, (select max(local_day(e."at")) from subscription_event e where e.subscription_id = s.subscription_id and e.type = 'end'),
    if(s.status in ('cancelled', 'unpaid'), coalesce(local_day(s.cancelled_at), local_day(s.updated_at)), null)) as over,
  case billing_period when 'month' then 1 when 'quarter' then 3 when 'year' then 12 end as months
from subscription s
where s.deleted is not true and s.started_on <= as_of() and s.status is distinct from 'trial'
  and (s.account_id is null or s.account_id not in (select account_id from no_customer));

-- What each event says of the monthly value from its day on. Giving notice says nothing.
create temp table said as
with numbered as (
  select e.*, greatest(local_day(e."at"), s.started_on) as day,
    case when e.type in ('end', 'cancel') then null else coalesce(e.mrr, round(if(e.amount < s.off, 0, e.amount - s.off) / s.months, 2)) end as told
  from subscription_event e join paid_subscription s using (subscription_id)
  where local_day(e."at") <= as_of()
)
select n.subscription_id, n.day, n."at", n.event_id, n.plan,
  case n.type when 'end' then 0 when 'pause' then coalesce(n.told, 0)
    when 'resume' then coalesce(n.told, (select arg_max(b.told, (b."at", b.event_id)) from numbered b
      where b.subscription_id = n.subscription_id and b."at" < n."at" and b.told > 0))
    else n.told end as value
from numbered n;

-- Before the first event that tells a value or a plan, that one holds; with none, the record's.
create temp table served_day as
with days as (
  select s.*, unnest(generate_series(s.started_on, least(coalesce(s.over - 1, as_of()), as_of()), interval 1 day))::date as day from paid_subscription s
),
value_said as (select subscription_id, day, arg_max(value, ("at", event_id)) as value from said where value is not null group by all),
plan_said as (select subscription_id, day, arg_max(plan, ("at", event_id)) as plan from said where plan is not null group by all),
first_said as (
  select subscription_id, arg_min(plan, ("at", event_id)) filter (plan is not null) as plan,
    arg_min(value, ("at", event_id)) filter (value > 0) as value from said group by subscription_id
)
select d.subscription_id, d.customer, d.account_id, d.day, d.currency, coalesce(p.name, d.product_id) as product,
  coalesce(n.plan, f.plan, d.plan) as plan,
  case when v.value is not null then v.value else
    coalesce(f.value, if(d.mrr > 0 or d.over is null or d.over > as_of(), d.mrr, null), round(if(d.amount < d.off, 0, d.amount - d.off) / d.months, 2)) end as value
from days d
asof left join value_said v on v.subscription_id = d.subscription_id and d.day >= v.day
asof left join plan_said n on n.subscription_id = d.subscription_id and d.day >= n.day
left join first_said f on f.subscription_id = d.subscription_id
left join product p using (product_id);

-- A break of fewer than 30 days between two paid days is filled with what was paid on the first of them.
create temp table paid_day as
with own as (select * from served_day where value > 0 or value is null),
breaks as (
  select customer, day, next_day from (
    select customer, day, lead(day) over (partition by customer order by day) as next_day from (select distinct customer, day from own))
  where next_day - day between 2 and 30
),
filled as (
  select * from own
  union all by name
  select o.* replace (unnest(generate_series(b.day + 1, b.next_day - 1, interval 1 day))::date as day) from own o join breaks b using (customer, day)
)
-- Another currency is at the last rate of the month, or of its part that is over.
select f.* replace (converted(f.value, f.currency, least(last_day(f.day), as_of())) as value), if(coalesce(upper(f.currency), getvariable('currency')) <> getvariable('currency'), f.value, null) as own, c.dims as customer_dims,
  map_concat(coalesce(c.dims, map {}), map {'plan': f.plan, 'product': f.product}) as dims
from filled f left join customer_dims c using (account_id);

create temp table payer as
select customer, min(day) as first_day, max(day) as last_day, any_value(customer_dims) as customer_dims from paid_day group by customer;

-- Why a customer is gone: the word of the subscription that was paid last.
create temp table gone as
select p.customer, arg_max(s.cancel_reason, (coalesce(d.value, 0), d.subscription_id)) as reason,
  arg_max(coalesce(s.involuntary, s.status = 'unpaid', false), (coalesce(d.value, 0), d.subscription_id)) as unpaid
from payer p join paid_day d on d.customer = p.customer and d.day = p.last_day join subscription s using (subscription_id)
where p.last_day < as_of() group by p.customer;

create temp macro stock_on(on_day) as table
  select customer, coalesce(sum(value), 0) as value from paid_day where day = on_day group by customer;

create temp macro owned_on(on_day) as table
  select customer, upper(currency) as unit, coalesce(sum(value), 0) as value, sum(own) as own from paid_day where day = on_day group by all;

-- The last day at the rates of the first, for those who pay on both: by currency, since rates part them.
create temp macro at_first_rates(first, past) as table
  select coalesce(a.customer, b.customer) as customer, sum(case
    when a.own is null then coalesce(b.value, 0)
    when b.own = a.own then a.value
    else coalesce(round(b.own * (select arg_max(r.rate, r.date) from rate_on r where r.currency = a.unit and r.date <= least(last_day(first - 1), as_of())), 2), 0)
  end) as value
  from owned_on(first - 1) a full join owned_on(past - 1) b on a.customer = b.customer and a.unit is not distinct from b.unit
  group by all;

-- What each customer paid on the day before a period and on its last day, at the rates of the former (after) and as it
-- was (closing); null for nothing.
create temp macro moved(first, past) as table
  select p.customer, p.first_day, map_concat(coalesce(p.customer_dims, map {}), map {'reason': g.reason}) as dims, coalesce(g.unpaid, false) as unpaid,
    a.value as before, if(b.value is null, null, s.value) as after, b.value as closing, p.first_day between first and past - 1 as is_born
  from payer p
  left join gone g using (customer)
  left join stock_on(first - 1) a using (customer)
  left join stock_on(past - 1) b using (customer)
  left join at_first_rates(first, past) s using (customer);

-- The same where a customer who has left is there one day longer.
create temp table lingering_day as
select distinct d.customer, d.day, p.customer_dims as dims from paid_day d join payer p using (customer)
union
select distinct d.customer, (d.day + 1)::date, p.customer_dims from paid_day d join payer p using (customer)
where d.day < as_of() and not exists (select 1 from paid_day e where e.customer = d.customer and e.day = d.day + 1);

-- The same where a customer has left once notice is given, unless the break that followed was filled.
create temp table noticed_day as
with taken_back as (
  select distinct s.subscription_id from paid_subscription s join paid_day d on d.subscription_id = s.subscription_id and d.day = s.over
)
select distinct d.customer, d.day, p.customer_dims as dims
from paid_day d join paid_subscription s using (subscription_id) join payer p on p.customer = d.customer
where d.day < coalesce(if(local_day(s.cancelled_at) <= as_of(), local_day(s.cancelled_at), null), '9999-12-31')
  or s.subscription_id in (select subscription_id from taken_back);
