-- one row per opportunity that exists on $as_of, as it stands then; key (opportunity_id)
-- sources: opportunity, int_opportunity, int_opportunity_change, int_opportunity_birth, int_opportunity_dimension, int_opportunity_value, int_stage_event, int_band, int_opportunity_touch?, int_opportunity_contact?, dim_owner, dim_stage
-- custom: opportunity, account
-- order: created_date, closed_date, owner
with
latest as (
  from int_opportunity_change where next_day is null
),
-- The owner on the day of the outcome gets the credit; on the day of creation where that came later, by its dates.
credited as (
  select int_opportunity.opportunity_id, owner, team, region
  from int_opportunity
  join int_opportunity_change as change
    on int_opportunity.opportunity_id = change.opportunity_id
    and greatest(coalesce(closed_date, $as_of::date), created_date) >= change.day
    and greatest(coalesce(closed_date, $as_of::date), created_date) < coalesce(change.next_day, date '9999-12-31')
  left join dim_owner on change.owner_id = dim_owner.user_id
),
-- Where an opportunity stood before it was closed.
last_open as (
  select opportunity_id, arg_max(stage, step) as stage
  from int_stage_event
  where state = 'open'
  group by opportunity_id
)
select
  opportunity_id,
  dimension.account_id,
  standing.created_date,
  standing.closed_date,
  case when standing.state = 'won' then standing.closed_date end as won_date,
  -- Open, though it should have been closed by then.
  case when standing.state = 'open' and latest.expected_close_date < $as_of then latest.expected_close_date end as overdue_date,
  standing.state,
  standing.state = 'won' as is_won,
  standing.state = 'lost' as is_lost,
  standing.state = 'open' as is_open,
  case when has_stage_events or standing.state = record.state then latest.stage end as stage,
  converted.amount,
  converted.constant_amount,
  created_amount,
  converted.amount is not null as has_amount,
  converted.unrated_currency,
  case when has_stage_events or standing.state = record.state
    then coalesce(latest.probability::decimal(5, 4), dim_stage.probability) end as probability,
  converted.cycle_days,
  case when standing.state = 'open' then $as_of::date - standing.created_date else converted.cycle_days end::integer as cycle_so_far,
  case when closed_date >= first_contact_date then closed_date - first_contact_date end::integer as contact_cycle_days,
  coalesce(touches, 0) as touches,
  credited.owner,
  credited.team,
  coalesce(dimension.own_region, credited.region, dimension.account_region) as region,
  dimension.source,
  dimension.product,
  dimension.segment,
  case when standing.state = 'lost' then record.lost_reason end as reason,
  case when standing.state = 'lost' then last_open.stage end as lost_stage,
  record.competitor,
  size_band.band as size_band,
  cycle_band.band as cycle_band
from int_opportunity as standing
join opportunity as record using (opportunity_id)
join latest using (opportunity_id)
join int_opportunity_value as converted using (opportunity_id)
join int_opportunity_dimension as dimension using (opportunity_id)
left join credited using (opportunity_id)
left join int_opportunity_birth using (opportunity_id)
left join int_opportunity_contact using (opportunity_id)
left join int_opportunity_touch using (opportunity_id)
left join last_open using (opportunity_id)
left join dim_stage on latest.stage = dim_stage.stage
asof left join (from int_band where dimension = 'size_band') as size_band on converted.amount >= size_band.low
asof left join (from int_band where dimension = 'cycle_band') as cycle_band on converted.cycle_days >= cycle_band.low
