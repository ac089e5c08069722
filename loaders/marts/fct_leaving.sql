-- one row per month and customer who paid on the day before it, with whether it left in the month, and what the 90 days before
-- that, or before the month's first day, say: tickets, complaints, use against the 90 days before (of a stay of 180 days or
-- more), and how good its answers were from 0 to 1; key (month, customer)
-- sources: int_mrr_span, int_customer, int_customer_dimension?, product_usage?, survey_response?, ticket?
-- order: month, customer
with
months as (
  select unnest(generate_series(date_trunc('month', first_day) + interval 1 month, date_trunc('month', $as_of::date), interval 1 month))::date as month
  from (select min(valid_from) as first_day from int_mrr_span)
),
stays as (
  select customer, min(valid_from) as came, coalesce(left_date, date '9999-12-31') as gone
  from int_mrr_span
  group by customer, left_date
),
paying as (
  select
    month, customer, came,
    coalesce(gone < month + interval 1 month and gone <= $as_of, false) as is_leaving,
    case when gone < month + interval 1 month and gone <= $as_of then gone else month end as day
  from months join stays on came < month and gone >= month
),
tickets as (
  select customer_id, local_day(created_at) as created_on, lower(type) = 'complaint' as is_complaint
  from ticket join int_customer using (account_id)
  where deleted is not true and spam is not true and merged_into_id is null and local_day(created_at) <= $as_of
),
supported as (
  select month, customer, count(*) as tickets, count(*) filter (is_complaint) as complaints
  from paying
  join int_customer_dimension using (customer)
  join tickets on int_customer_dimension.customer_id = tickets.customer_id and created_on >= day - 90 and created_on < day
  group by month, customer
),
used as (
  select customer_id, date, active_users from product_usage join int_customer using (account_id)
),
usages as (
  select
    month, customer,
    sum(active_users) filter (date >= day - 90) as recent,
    sum(active_users) filter (date < day - 90) as before
  from paying
  join int_customer_dimension using (customer)
  join used on int_customer_dimension.customer_id = used.customer_id and date >= day - 180 and date < day
  -- What began within the 180 days has used less in the first half for having been there less.
  where came <= day - 180
  group by month, customer
),
answers as (
  select
    month, customer,
    avg((case when kind = 'nps' then score / coalesce(scale_max, 10) else (score - 1) / (scale_max - 1) end)::decimal(9, 6)) as answer
  from paying
  join int_customer_dimension using (customer)
  join int_customer using (customer_id)
  join survey_response using (account_id)
  where score is not null and (kind = 'nps' or scale_max > 1) and coalesce(about, '') <> 'crm'
    and local_day(responded_at) >= day - 90 and local_day(responded_at) < day
  group by month, customer
),
-- Before the first of its kind nothing is known, which is not none.
known as (
  select (select min(created_on) from tickets) + 90 as tickets_from, (select min(date) from used) + 180 as usage_from
)
select
  paying.month,
  paying.customer,
  is_leaving,
  case when day >= tickets_from then coalesce(tickets, 0) end::integer as tickets,
  case when day >= tickets_from then coalesce(complaints, 0) end::integer as complaints,
  case when day >= usage_from and before > 0 then coalesce(recent, 0) / before end::decimal(12, 6) as usage,
  answer::decimal(9, 6) as satisfaction,
  owner,
  team,
  region,
  source,
  segment
from paying
cross join known
left join supported using (month, customer)
left join usages using (month, customer)
left join answers using (month, customer)
left join int_customer_dimension on paying.customer = int_customer_dimension.customer
