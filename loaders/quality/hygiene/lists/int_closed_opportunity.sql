-- one opportunity that is won or lost by its stage history on $as_of, and whose record, not changed since, says when it closed
with
turns as (
  select opportunity_id, arg_max_null(changed_after, step) as changed_after, arg_max_null(changed_until, step) as changed_until
  from int_stage_event
  where is_turn
  group by opportunity_id
)
select
  opportunity_id as id,
  fact.owner,
  fact.team,
  fact.stage,
  fact.amount,
  fact.closed_date,
  coalesce(local_day(record.closed_at), record.expected_close_date) as typed_on,
  changed_after,
  changed_until
from fct_opportunity as fact
join int_opportunity as standing using (opportunity_id)
join opportunity as record using (opportunity_id)
join turns using (opportunity_id)
where has_stage_events and standing.is_current and not fact.is_open and coalesce(record.closed_at::date, record.expected_close_date) is not null
