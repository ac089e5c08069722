-- one row per lead and span of days [valid_from, valid_to) with the same state; one that was given up and taken up again on
-- a day that nobody knows has been open all the time; key (lead_id, valid_from)
-- sources: fct_lead
-- custom: lead
-- order: valid_from, valid_to, owner
with
leads as (
  select
    *,
    case when reopened_date is not null and created_date is not null and (state = 'open' or closed_date is not null)
      then greatest(lost_date, created_date) end as given_up_date
  from fct_lead
),
spans as (
  select
    *,
    'open' as span_state,
    coalesce(created_date, $as_of) as valid_from,
    coalesce(given_up_date, closed_date, date '9999-12-31') as valid_to
  from leads
  -- Closed on a day that nobody knows: when it was open is not known either.
  where state = 'open' or (created_date is not null and closed_date is not null)
  union all by name
  select *, 'lost' as span_state, given_up_date as valid_from, reopened_date as valid_to
  from leads
  where given_up_date is not null
  union all by name
  select *, 'open' as span_state, reopened_date as valid_from, coalesce(closed_date, date '9999-12-31') as valid_to
  from leads
  where given_up_date is not null
  union all by name
  select *, state as span_state, coalesce(closed_date, $as_of) as valid_from, date '9999-12-31' as valid_to
  from leads
  where state <> 'open'
)
select
  lead_id,
  valid_from::date as valid_from,
  valid_to,
  span_state as state,
  case when span_state = 'open' then created_date is null else coalesce(given_up_date, closed_date) is null end as is_undated,
  case when span_state = 'lost' then coalesce(given_up_date, closed_date) end as given_up_date,
  case when span_state = 'lost' and given_up_date is not null then reopened_date end as reopened_date,
  owner,
  team,
  region,
  source,
  last_source,
  product,
  segment,
  case when span_state = 'lost' then reason end as reason
from spans
where valid_from < valid_to
