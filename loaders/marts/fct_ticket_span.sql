-- one row per ticket and span of days [valid_from, valid_to) at the end of which it is open and of one band of age;
-- key (ticket_id, valid_from)
-- sources: int_ticket, int_ticket_status?, fct_ticket
-- custom: ticket
-- order: valid_from, valid_to, owner
with
ends as (
  select ticket_id, local_day(since) as day, arg_max(is_solved, step) as is_solved
  from int_ticket_status semi join int_ticket using (ticket_id)
  group by all
),
changes as (
  select *
  from ends
  qualify is_solved is distinct from lag(is_solved) over (partition by ticket_id order by day)
),
spans as (
  select ticket_id, day as valid_from, coalesce(next_day, date '9999-12-31') as valid_to, false as is_undated
  from (select *, lead(day) over (partition by ticket_id order by day) as next_day from changes)
  where not is_solved
  union all
  -- Without a history it is open until the last solution.
  select
    ticket_id,
    coalesce(local_day(created_at), $as_of),
    coalesce(local_day(solved_at), date '9999-12-31'),
    created_at is null
  from int_ticket
  where not has_history and (created_at is not null or solved_at is null)
),
born as (
  select *, coalesce(created_date, min(valid_from) over (partition by ticket_id)) as born_on
  from spans join fct_ticket using (ticket_id)
),
bands as (
  from (values (0, 3), (3, 8), (8, 31), (31, null)) as bands(days_from, days_to)
)
select
  ticket_id,
  greatest(valid_from, born_on + days_from)::date as valid_from,
  least(valid_to, born_on + days_to)::date as valid_to,
  is_undated,
  days_from::tinyint as age_from,
  type,
  channel,
  topic,
  product,
  owner,
  team,
  region,
  source,
  segment
from born cross join bands
where greatest(valid_from, born_on + days_from) < least(valid_to, born_on + days_to)
