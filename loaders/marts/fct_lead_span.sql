-- one row per lead and span of days [valid_from, valid_to) with the same state; one that was given up and taken up again
-- has been open all the time; key (lead_id, valid_from)
-- sources: fct_lead
-- custom: lead
-- order: valid_from, valid_to, owner
with
spans as (
  select
    *,
    'open' as span_state,
    coalesce(created_date, $as_of) as valid_from,
    coalesce(closed_date, date '9999-12-31') as valid_to
  from fct_lead
  -- Closed on a day that nobody knows: when it was open is not known either.
  where state = 'open' or (created_date is not null and closed_date is not null)
  union all by name
  select *, state as span_state, coalesce(closed_date, $as_of) as valid_from, date '9999-12-31' as valid_to
  from fct_lead
  where state <> 'open'
)
select
  lead_id,
  valid_from::date as valid_from,
  valid_to,
  span_state as state,
  case when span_state = 'open' then created_date is null else closed_date is null end as is_undated,
  owner,
  team,
  region,
  source,
  product,
  segment,
  case when span_state = 'lost' then reason end as reason
from spans
where valid_from < valid_to
