-- one row per opportunity and open stage that it entered by $as_of, all its visits to the stage added up, and per open
-- stage that it skipped: it was in an earlier and in a later one, never in this; passed_date is the day it first stood in a
-- later one; key (opportunity_id, stage)
-- sources: int_opportunity, int_opportunity_change, int_opportunity_dimension, int_stage_event, dim_owner, dim_stage
-- custom: opportunity, account
-- order: entered_date, stage, owner
with
entries as (
  select
    event.opportunity_id,
    event.stage,
    event.state,
    event.day,
    rank,
    lead(event.day) over steps as left_on,
    coalesce(rank < lag(rank) over steps, false) as is_back
  from int_stage_event as event left join dim_stage using (stage)
  where is_entry
  window steps as (partition by event.opportunity_id order by step)
),
visits as (
  select
    opportunity_id,
    stage,
    min(day) as entered_date,
    case when bool_and(left_on is not null) then max(left_on) end as left_date,
    sum(coalesce(left_on, $as_of::date) - day)::integer as days,
    count(*)::integer as visits,
    (count(*) filter (is_back))::integer as back_moves
  from entries
  where state = 'open' and stage is not null
  group by opportunity_id, stage
),
reached as (
  select opportunity_id, rank, min(day) as day, min(rank) over (partition by opportunity_id) as lowest
  from entries
  where state = 'open' and rank is not null
  group by opportunity_id, rank
),
passes as (
  select opportunity_id, dim_stage.stage, min(day) as passed_date
  from reached join dim_stage on dim_stage.state = 'open' and dim_stage.rank >= lowest and dim_stage.rank < reached.rank
  group by opportunity_id, dim_stage.stage
),
stays as (
  select *, visits is null as is_skipped, coalesce(entered_date, passed_date) as first_day
  from visits full join passes using (opportunity_id, stage)
)
select
  opportunity_id,
  dimension.account_id,
  entered_date,
  left_date,
  passed_date,
  standing.closed_date,
  standing.state,
  stays.stage,
  days,
  left_date is not null as has_ended,
  is_skipped,
  visits,
  back_moves,
  owner,
  team,
  coalesce(own_region, dim_owner.region, account_region) as region,
  source,
  product,
  segment
from stays
join int_opportunity as standing using (opportunity_id)
join int_opportunity_dimension as dimension using (opportunity_id)
-- Whose it was on the day it first entered the stage, or skipped it.
left join int_opportunity_change as change
  on stays.opportunity_id = change.opportunity_id
  and greatest(first_day, created_date) >= change.day
  and greatest(first_day, created_date) < coalesce(change.next_day, date '9999-12-31')
left join dim_owner on change.owner_id = dim_owner.user_id
