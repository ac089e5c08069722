-- one row per paying customer, day of scoring and input of which something is known, scored from 0 (bad) to 100 (good);
-- key (customer, day, input)
-- sources: int_health_day, int_customer, product_usage?, ticket?, survey_response?, invoice?, activity?, engagement_event?, contract?
with
days as (
  select customer, customer_id, day, came from int_health_day where customer_id is not null
),
used as (
  select customer_id, date, active_users from product_usage join int_customer using (account_id)
),
-- Users of the last four weeks against those of the twelve weeks before, where the customer and the log were there for all of them.
usage as (
  select
    customer, day,
    sum(active_users) filter (date > day - 28) as recent,
    sum(active_users) filter (date <= day - 28) as before
  from days join used using (customer_id)
  where date > day - 112 and date <= day and came < day - 110 and (select min(date) from used) < day - 110
  group by customer, day
),
tickets as (
  select customer_id, local_day(created_at) as created_on, local_day(solved_at) as solved_on, lower(type) = 'complaint' as is_complaint
  from ticket join int_customer using (account_id)
  where deleted is not true and spam is not true and merged_into_id is null
),
-- A fifth less for each complaint of the last 90 days and each ticket open for more than a week.
support as (
  select
    customer, day,
    count(*) filter (coalesce(is_complaint, false) and created_on > day - 90) as complaints,
    count(*) filter (created_on < day - 7 and (solved_on is null or solved_on > day)) as open
  from days left join tickets on days.customer_id = tickets.customer_id and created_on <= day
  where day >= (select min(created_on) from tickets)
  group by customer, day
),
-- Mean of the answers of the last 180 days, each on its own scale: 0 to the maximum for NPS, 1 to the maximum for others.
sentiment as (
  select
    customer, day,
    sum((case when kind = 'nps' then score / coalesce(scale_max, 10) else (score - 1) / (scale_max - 1) end)::decimal(9, 6)) / count(*)
      as answer
  from days
  join int_customer using (customer_id)
  join survey_response using (account_id)
  where score is not null and (kind = 'nps' or scale_max > 1) and coalesce(about, '') <> 'crm'
    and local_day(responded_at) > day - 180 and local_day(responded_at) <= day
  group by customer, day
),
-- Invoices due in the last 180 days: paid at most a week late.
payment as (
  select
    customer, day,
    count(*) filter (local_day(paid_at) <= least(due_date + 7, day)) as paid,
    count(*) as due
  from days
  join int_customer using (customer_id)
  join invoice using (account_id)
  where deleted is not true and due_date > day - 180 and due_date + 7 <= day and coalesce(invoice_date, due_date) <= day
  group by customer, day
),
touches as (
  select account_id, local_day(done_at) as date from activity
  where done is not false and automated is not true and deleted is not true
  union
  select account_id, local_day("at") from engagement_event where lower(type) in ('click', 'reply', 'webinar', 'meeting', 'login')
),
contacts as (
  select customer_id, date from touches join int_customer using (account_id) where date <= $as_of
),
-- Days since anybody was in touch: all is well for 30 days, nothing after 120. Silence says nothing where the data begins.
relation as (
  select customer, day, day - max(date) as silence
  from days left join contacts on days.customer_id = contacts.customer_id and date <= day
  group by customer, day
  having max(date) is not null or day >= (select min(date) from contacts) + 120
),
-- Days until the last signed term ends: all is well from 180 days on.
renewal as (
  select customer, day, max(end_date) - day as days_left
  from days
  join int_customer using (customer_id)
  join contract using (account_id)
  where deleted is not true and local_day(signed_at) <= day and coalesce(lower(trim(kind)), 'new') <> 'amendment'
    and start_date <= day + 30
  group by customer, day
  having max(end_date) >= day - 30
),
inputs as (
  select customer, day, 'usage' as input, 100 * coalesce(recent, 0) * 3 / before as score from usage where before > 0
  union all
  select customer, day, 'support', 100 - 20 * (complaints + open) from support
  union all
  select customer, day, 'sentiment', 100 * answer from sentiment
  union all
  select customer, day, 'payment', 100 * paid / due from payment
  union all
  select customer, day, 'relation', case when silence is null then 0 else 100 * (120 - silence) / 90 end from relation
  union all
  select customer, day, 'renewal', 100 * days_left / 180 from renewal
)
select customer, day, input, greatest(0, least(100, score))::decimal(5, 2) as score from inputs
