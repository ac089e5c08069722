-- what is known of every record once this export is read
create or replace table _history_next as
with
present as (
  select
    opportunity_id,
    file,
    is_valid,
    is_valid and knows_stage as tells_stage,
    is_valid and knows_amount as tells_amount,
    is_valid and knows_expected_close_date as tells_expected_close_date,
    is_valid and knows_owner_id as tells_owner_id,
    created_at as new_created_at,
    updated_at as new_updated_at,
    closed_at as new_closed_at,
    stage as new_stage,
    state as new_state,
    amount as new_amount,
    expected_close_date as new_expected_close_date,
    owner_id as new_owner_id
  from _history_now
),
own as (
  select * exclude (file), file as last_file from _history_last where source = $source
)
select
  $source as source,
  opportunity_id,
  case when present.file is null then own.place else $place::integer end as place,
  case when present.file is null then last_file when is_valid then present.file end as file,
  case when is_valid then $known::date else seen end as seen,
  case when is_valid then coalesce(new_created_at, created_at) else created_at end as created_at,
  case when is_valid then new_updated_at else updated_at end as updated_at,
  coalesce(moved.moment, own.changed_at) as changed_at,
  case when tells_stage then new_stage else own.stage end as stage,
  case when tells_stage then new_state else own.state end as state,
  case when tells_stage then $known::date else stage_on end as stage_on,
  case when tells_amount then new_amount else own.amount end as amount,
  case when tells_amount then $known::date else amount_on end as amount_on,
  case when tells_expected_close_date then new_expected_close_date else own.expected_close_date end as expected_close_date,
  case when tells_expected_close_date then $known::date else expected_close_date_on end as expected_close_date_on,
  case when tells_owner_id then new_owner_id else own.owner_id end as owner_id,
  case when tells_owner_id then $known::date else owner_id_on end as owner_id_on,
  -- The first stage that is known of it.
  case when tells_stage and stage_on is null then new_stage else opened_stage end as opened_stage,
  case when tells_stage and stage_on is null then new_state else opened_state end as opened_state,
  case when tells_stage and stage_on is null then $day::date else opened_on end as opened_on,
  case when tells_stage and stage_on is null then least(local_day(new_updated_at), $day::date) else opened_until end as opened_until,
  case when tells_stage and stage_on is null then new_closed_at else opened_closed_at end as opened_closed_at,
  case when tells_stage and stage_on is null then $before::date else not_before end as not_before
from present
full join own using (opportunity_id)
left join (select opportunity_id, moment from _history_moved) as moved using (opportunity_id)
where is_valid or own.source is not null
union all by name
from _history_last where source <> $source
