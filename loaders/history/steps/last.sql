-- what is known of every record once this export is read
create or replace table _history_next as
with
own as (
  from _history_last where source = $source
),
joined as (
  select
    opportunity_id,
    present.file is not null as is_there,
    coalesce(present.is_valid, false) as is_valid,
    coalesce(present.knows_stage, false) as knows_stage,
    coalesce(present.knows_amount, false) as knows_amount,
    coalesce(present.knows_expected_close_date, false) as knows_expected_close_date,
    coalesce(present.knows_owner_id, false) as knows_owner_id,
    coalesce(present.knows_stage, false) and own.stage_on is null as is_opening,
    present,
    own,
    moved.moment
  from _history_now as present
  full join own using (opportunity_id)
  left join _history_moved as moved using (opportunity_id)
  where present.is_valid or own.source is not null
)
select
  $source as source,
  opportunity_id,
  case when is_there then $place::integer else own.place end as place,
  case when is_there then case when is_valid then present.file end else own.file end as file,
  case when is_valid then $known::date else own.seen end as seen,
  case when is_valid then coalesce(present.created_at, own.created_at) else own.created_at end as created_at,
  case when is_valid then present.updated_at else own.updated_at end as updated_at,
  coalesce(moment, own.changed_at) as changed_at,
  case when knows_stage then present.stage else own.stage end as stage,
  case when knows_stage then present.state else own.state end as state,
  case when knows_stage then $known::date else own.stage_on end as stage_on,
  case when knows_amount then present.amount else own.amount end as amount,
  case when knows_amount then $known::date else own.amount_on end as amount_on,
  case when knows_expected_close_date then present.expected_close_date else own.expected_close_date end as expected_close_date,
  case when knows_expected_close_date then $known::date else own.expected_close_date_on end as expected_close_date_on,
  case when knows_owner_id then present.owner_id else own.owner_id end as owner_id,
  case when knows_owner_id then $known::date else own.owner_id_on end as owner_id_on,
  case when is_opening then present.stage else own.opened_stage end as opened_stage,
  case when is_opening then present.state else own.opened_state end as opened_state,
  case when is_opening then $day::date else own.opened_on end as opened_on,
  case when is_opening
    then case when local_day(present.updated_at) <= $day::date then local_day(present.updated_at) else $day::date end
    else own.opened_until end as opened_until,
  case when is_opening then present.closed_at else own.opened_closed_at end as opened_closed_at,
  case when is_opening then $before::date else own.not_before end as not_before
from joined
union all by name
from _history_last where source <> $source
