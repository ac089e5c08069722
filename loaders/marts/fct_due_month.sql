-- one row per opportunity and month in which it was open with an expected close date of that month, on the last such date;
-- none for dates after $as_of; key (opportunity_id, due_date)
-- sources: fct_opportunity_span
-- custom: opportunity
-- order: due_date, owner
with
spans as (
  select
    *,
    date_trunc('month', expected_close_date)::date as month,
    min(valid_from) over (partition by opportunity_id) as first_day,
    -- The date before, where it was changed while the opportunity was open.
    case when lag(valid_to) over steps = valid_from then lag(expected_close_date) over steps end as moved_from
  from fct_opportunity_span
  window steps as (partition by opportunity_id order by valid_from)
),
due as (
  from spans
  where valid_from < month + interval 1 month and valid_to > month
  qualify row_number() over (partition by opportunity_id, month order by valid_from desc) = 1
),
moves as (
  select
    opportunity_id,
    date_trunc('month', valid_from)::date as month,
    moved_from,
    expected_close_date as moved_to,
    date_trunc('month', moved_from)::date as from_month,
    month as to_month
  from spans
  where moved_from <> expected_close_date
),
moved as (
  select
    opportunity_id,
    month,
    count(*) filter (from_month = month and moved_to > moved_from) as pushes,
    bool_or(from_month = month and to_month > month) as is_slipped,
    bool_or(to_month = month and from_month > month) as is_pulled_in
  from moves
  group by opportunity_id, month
)
select
  opportunity_id,
  greatest(expected_close_date, first_day) as due_date,
  coalesce(pushes, 0)::integer as pushes,
  coalesce(is_slipped, false) as is_slipped,
  coalesce(is_pulled_in, false) as is_pulled_in,
  owner,
  team,
  region,
  source,
  product,
  segment
from due left join moved using (opportunity_id, month)
where greatest(expected_close_date, first_day) <= $as_of
