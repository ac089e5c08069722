-- one row per subscription and local day on which its monthly value or plan changed, with what held at the end of that
-- day; the first row is its first paid day; next_day is the day of the next row or of its end; a monthly value of 0 is a
-- pause, NULL is not known; key (subscription_id, day)
-- sources: int_subscription, subscription_event?
with
events as (
  select
    subscription_id,
    event_id,
    "at" as moment,
    -- What happened before the first paid day was not paid.
    greatest(local_day("at"), started_on) as day,
    events.plan,
    case lower(type)
      when 'end' then 0
      -- A customer who gives notice is served until the end.
      when 'cancel' then null
      when 'pause' then coalesce(events.mrr, 0)
      else coalesce(events.mrr, ((events.amount - least(coupon, events.amount)) / months)::decimal(18, 2))
    end as mrr,
    lower(type) = 'resume' as is_resumed
  from subscription_event as events join int_subscription using (subscription_id)
  where local_day("at") <= $as_of
),
-- Resumed at what it was, where nothing else is said.
resumed as (
  select
    * replace (
      case when is_resumed and mrr is null then last_value(case when mrr > 0 then mrr end ignore nulls) over so_far else mrr end as mrr
    )
  from events
  window so_far as (partition by subscription_id order by moment, event_id rows between unbounded preceding and current row)
),
firsts as (
  select
    subscription_id,
    first(mrr order by moment, event_id) filter (mrr > 0) as mrr,
    first(plan order by moment, event_id) filter (plan is not null) as plan
  from resumed
  group by subscription_id
),
-- Before the first event that says it: what that one says, else what the record says.
births as (
  select
    subscription_id,
    '' as event_id,
    timestamp '0001-01-01' as moment,
    started_on as day,
    coalesce(firsts.plan, record.plan) as plan,
    coalesce(firsts.mrr, case when record.mrr > 0 or record.ended_on > $as_of then record.mrr end,
      (record.amount / months)::decimal(18, 2)) as mrr
  from int_subscription as record left join firsts using (subscription_id)
),
placed as (
  from births
  union all by name
  select * exclude (is_resumed) from resumed
),
filled as (
  select
    subscription_id,
    day,
    lead(day) over in_order as following_day,
    last_value(plan ignore nulls) over in_order as plan,
    last_value(mrr ignore nulls) over in_order as mrr
  from placed
  window in_order as (partition by subscription_id order by moment, event_id rows between unbounded preceding and current row)
  qualify day is distinct from following_day
),
changes as (
  select subscription_id, day, plan, mrr
  from filled
  window by_day as (partition by subscription_id order by day)
  qualify row_number() over by_day = 1
    or mrr is distinct from lag(mrr) over by_day
    or plan is distinct from lag(plan) over by_day
)
select
  subscription_id,
  day,
  least(coalesce(lead(day) over (partition by subscription_id order by day), date '9999-12-31'), ended_on) as next_day,
  changes.plan,
  changes.mrr
from changes join int_subscription using (subscription_id)
