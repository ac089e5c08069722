-- one row per ticket that exists on $as_of, as it stands then; key (ticket_id)
-- sources: int_ticket, int_customer_dimension?, product?, dim_owner?
-- custom: ticket
-- order: created_date, first_solved_date, owner
with
-- The next ticket of the same customer on the same topic, after the first solution.
repeats as (
  select first.ticket_id, min(local_day(later.created_at)) as repeated_on
  from int_ticket as first
  join int_ticket as later
    on first.customer = later.customer
    and first.topic = later.topic
    and first.ticket_id <> later.ticket_id
    and later.created_at > first.first_solved_at
  group by first.ticket_id
),
dated as (
  select
    int_ticket.*,
    local_day(created_at) as created_on,
    local_day(first_reply_at) as replied_on,
    local_day(first_solved_at) as first_solved_on,
    local_day(solved_at) as solved_on,
    case when local_day(sla_due_at) <= $as_of then local_day(sla_due_at) end as sla_due_on,
    least(repeated_on, local_day(reopened_at)) as returned_on
  from int_ticket left join repeats using (ticket_id)
),
-- What is not over has lasted until $as_of; what was over before it began has no time.
timed as (
  select
    *,
    ($as_of - created_on) * 24 as observed_hours,
    case when first_reply_at >= created_at then epoch(first_reply_at - created_at) / 3600 end as response_hours,
    case when first_solved_at >= created_at then epoch(first_solved_at - created_at) / 3600 end as first_hours,
    case when solved_at >= created_at then epoch(solved_at - created_at) / 3600 end as last_hours,
    business_seconds_of_days(created_on, $as_of) / 3600 as observed_business,
    case when first_reply_at >= created_at then business_seconds(created_at, created_on, first_reply_at, replied_on) / 3600 end as response_business,
    case when first_solved_at >= created_at then business_seconds(created_at, created_on, first_solved_at, first_solved_on) / 3600 end as first_business,
    case when solved_at >= created_at then business_seconds(created_at, created_on, solved_at, solved_on) / 3600 end as last_business
  from dated
)
select
  ticket_id,
  created_on as created_date,
  first_solved_on as first_solved_date,
  solved_on as solved_date,
  sla_due_on as sla_due_date,
  case when first_solved_at <= sla_due_at then sla_due_on end as sla_met_date,
  case when replies = 1 then first_solved_on end as one_touch_date,
  case when replies = 1 and coalesce(returned_on > first_solved_on + 7, true) then first_solved_on end as first_contact_date,
  coalesce(lower(trim(timed.type)) = 'complaint', false) as is_complaint,
  first_reply_at is not null as is_answered,
  if(first_reply_at is null, observed_hours, response_hours)::decimal(12, 4) as response_hours,
  if(first_reply_at is null, observed_business, response_business)::decimal(12, 4) as response_business_hours,
  first_solved_at is not null as is_first_solved,
  if(first_solved_at is null, observed_hours, first_hours)::decimal(12, 4) as first_hours,
  if(first_solved_at is null, observed_business, first_business)::decimal(12, 4) as first_business_hours,
  solved_at is not null as is_solved,
  if(solved_at is null, observed_hours, last_hours)::decimal(12, 4) as last_hours,
  if(solved_at is null, observed_business, last_business)::decimal(12, 4) as last_business_hours,
  (customer_wait / 3600)::decimal(12, 4) as customer_wait_hours,
  (agent_wait / 3600)::decimal(12, 4) as agent_wait_hours,
  (customer_wait_business / 3600)::decimal(12, 4) as customer_wait_business_hours,
  (agent_wait_business / 3600)::decimal(12, 4) as agent_wait_business_hours,
  timed.type,
  channel,
  topic,
  coalesce(product.name, timed.product_id) as product,
  dim_owner.owner,
  coalesce(timed.team, dim_owner.team) as team,
  coalesce(customer.region, dim_owner.region) as region,
  customer.source,
  customer.segment
from timed
left join product using (product_id)
left join dim_owner on timed.owner_id = dim_owner.user_id
left join int_customer_dimension as customer using (customer_id)
