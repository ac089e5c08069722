-- one row per opportunity that exists on $as_of, with what its record and its history say of it then; apart from
-- fct_opportunity, which would hold too many opportunities in memory at once; key (opportunity_id)
-- sources: opportunity, int_opportunity, int_opportunity_change, int_stage_event, dim_owner, dim_stage
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
  case when has_stage_events or standing.state = record.state then latest.stage end as stage,
  case when has_stage_events or standing.state = record.state
    then coalesce(latest.probability::decimal(5, 4), dim_stage.probability) end as probability,
  latest.expected_close_date,
  case when standing.state = 'lost' then record.lost_reason end as reason,
  case when standing.state = 'lost' then last_open.stage end as lost_stage,
  record.competitor,
  credited.owner,
  credited.team,
  credited.region
from int_opportunity as standing
join opportunity as record using (opportunity_id)
join latest using (opportunity_id)
left join credited using (opportunity_id)
left join last_open using (opportunity_id)
left join dim_stage on latest.stage = dim_stage.stage
