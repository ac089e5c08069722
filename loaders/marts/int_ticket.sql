-- one row per ticket that exists on $as_of, with the moments of its life by then; key (ticket_id)
-- sources: ticket, ticket_event?, int_ticket_status?, int_customer?, int_customer_dimension?, left_out?
with
records as (
  select ticket.*, customer_id, customer
  from ticket
  left join int_customer using (account_id)
  left join int_customer_dimension using (customer_id)
  left join left_out on table_name = 'account' and id = ticket.account_id
  where ticket.deleted is not true
    and ticket.spam is not true
    and ticket.merged_into_id is null
    and coalesce(local_day(created_at), $as_of) <= $as_of
    and left_out.id is null
    -- Deleted and test accounts have no number.
    and (int_customer.account_id is null or customer is not null)
),
turns as (
  select
    *,
    max(step) filter (not is_solved) over (partition by ticket_id) as last_open,
    min(step) filter (is_solved) over (partition by ticket_id) as first_solved,
    max(step) over (partition by ticket_id) as last_step
  from int_ticket_status
),
statuses as (
  select
    ticket_id,
    min(since) filter (is_solved) as first_solved_at,
    min(since) filter (is_solved and step > coalesce(last_open, 0)) as solved_at,
    min(since) filter (not is_solved and step > first_solved) as reopened_at,
    -- Of a ticket that is solved: how long the customer waited, and how long the answer of the customer was waited for.
    sum(epoch(until - since)) filter (not is_solved and status <> 'pending' and last_open < last_step) as customer_wait,
    coalesce(sum(epoch(until - since)) filter (status = 'pending'), 0) as agent_wait,
    sum(business) filter (not is_solved and status <> 'pending' and last_open < last_step) as customer_wait_business,
    coalesce(sum(business) filter (status = 'pending'), 0) as agent_wait_business
  from turns
  group by ticket_id
),
answers as (
  select ticket_id, "at"
  from ticket_event
  where lower(type) = 'agent_reply' and automated is not true and local_day("at") <= $as_of
),
answered as (
  select ticket_id, min("at") as first_reply_at from answers group by ticket_id
),
timed as (
  select
    records.* replace (
      least(answered.first_reply_at, case when local_day(records.first_reply_at) <= $as_of then records.first_reply_at end)
        as first_reply_at,
      least(
        statuses.first_solved_at,
        case when local_day(records.first_solved_at) <= $as_of then records.first_solved_at end,
        case when statuses.ticket_id is null and local_day(records.solved_at) <= $as_of then records.solved_at end
      ) as first_solved_at,
      -- The history tells whether it still stands solved.
      case
        when statuses.ticket_id is not null then statuses.solved_at
        when local_day(records.solved_at) <= $as_of then records.solved_at
      end as solved_at
    ),
    statuses.ticket_id is not null as has_history,
    statuses.reopened_at,
    case when statuses.solved_at is not null then customer_wait end as customer_wait,
    case when statuses.solved_at is not null then agent_wait end as agent_wait,
    case when statuses.solved_at is not null then customer_wait_business end as customer_wait_business,
    case when statuses.solved_at is not null then agent_wait_business end as agent_wait_business
  from records
  left join statuses using (ticket_id)
  left join answered using (ticket_id)
),
until_solved as (
  select ticket_id, count(*) as replies
  from answers join timed using (ticket_id)
  where "at" <= coalesce(first_solved_at, "at")
  group by ticket_id
)
select
  timed.* exclude (reopened_at),
  -- Without a history the first solution has not held where the last one is later or none stands.
  coalesce(reopened_at, case when not has_history and solved_at is distinct from first_solved_at then first_solved_at end) as reopened_at,
  coalesce(replies, case when ticket_id not in (select ticket_id from answers) then reply_count end) as replies
from timed left join until_solved using (ticket_id)
