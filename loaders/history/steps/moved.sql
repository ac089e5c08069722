-- one row per record that has changed since it was last seen: when, as one moment, and until which day at the latest.
-- The record's own stamp is of its last change; a closing is dated by the CRM, where that fits; else the export's day counts.
create or replace temp table _history_moved as
with
paired as (
  select
    present.*,
    last.seen,
    last.stage as was_stage,
    last.state as was_state,
    last.stage_on as was_stage_on,
    last.amount as was_amount,
    last.amount_on as was_amount_on,
    last.expected_close_date as was_expected_close_date,
    last.expected_close_date_on as was_expected_close_date_on,
    last.owner_id as was_owner_id,
    last.owner_id_on as was_owner_id_on,
    last.changed_at as was_changed_at,
    case when local_day(last.updated_at) <= last.seen then last.updated_at end as was_updated_at,
    local_day(present.updated_at) between last.seen and $day::date
      and (last.updated_at is null or present.updated_at > last.updated_at) as is_stamped
  from _history_now as present join _history_last as last using (opportunity_id)
  where present.is_valid and (
    (knows_stage and stage_on is not null and (present.stage is distinct from last.stage or present.state is distinct from last.state))
    or (knows_amount and amount_on is not null and present.amount is distinct from last.amount)
    or (knows_expected_close_date and expected_close_date_on is not null
      and present.expected_close_date is distinct from last.expected_close_date)
    or (knows_owner_id and owner_id_on is not null and present.owner_id is distinct from last.owner_id)
  )
),
bounded as (
  select *, case when is_stamped then local_day(updated_at) else $day::date end as changed_until from paired
)
select
  *,
  -- Never before what was known already.
  greatest(
    case
      when state <> 'open' and state is distinct from was_state and local_day(closed_at) between seen and changed_until
        then closed_at
      when is_stamped then updated_at
      else local_midnight(changed_until)
    end,
    was_changed_at + interval 1 microsecond,
    was_updated_at + interval 1 microsecond
  ) as moment
from bounded
