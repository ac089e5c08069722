-- one row per opportunity that exists on $as_of, with what became of it by then; key (opportunity_id)
-- sources: opportunity, int_stage_event
with
last_events as (
  select
    opportunity_id,
    min(day) as first_day,
    arg_max(state, step) as state,
    max(day) filter (is_turn) as turned_on
  from int_stage_event
  group by opportunity_id
),
dated as (
  select
    *,
    local_day(created_at) as created_on,
    coalesce(local_day(closed_at), expected_close_date) as closed_on,
    coalesce(local_day(updated_at), $as_of::date) as updated_on
  from opportunity
  where deleted is not true and test is not true and merged_into_id is null
)
select
  opportunity_id,
  coalesce(created_on, first_day) as created_date,
  case
    when events.state is not null then events.state
    when closed_on > $as_of then 'open'
    else dated.state
  end as state,
  case
    when events.state in ('won', 'lost') then turned_on
    when events.state is null and dated.state in ('won', 'lost') and closed_on <= $as_of then closed_on
  end as closed_date,
  events.state is not null as has_stage_events,
  updated_on,
  updated_on <= $as_of as is_current
from dated left join last_events as events using (opportunity_id)
where coalesce(created_on, first_day, $as_of) <= $as_of
