-- one row per owner and local day with work done; key (owner, date)
-- sources: int_activity?, int_opportunity?, int_opportunity_change?, int_stage_event?, dim_owner?
-- order: date, owner
with
activities as (
  select owner_id, date, count(*) as activities
  from int_activity
  group by all
),
moments as (
  select opportunity_id, created_date as date, 'created' as kind from int_opportunity
  union all
  select opportunity_id, closed_date, 'closed' from int_opportunity
  union all
  select opportunity_id, day, 'moved' from int_stage_event where is_entry and step > 1
),
opportunity_work as (
  select
    owner_id,
    date,
    count(*) filter (kind = 'created') as opportunities_created,
    count(*) filter (kind = 'closed') as opportunities_closed,
    count(*) filter (kind = 'moved') as stage_moves
  from moments
  join int_opportunity using (opportunity_id)
  -- What lies before the creation, by its dates, is its first owner's.
  join int_opportunity_change as change
    on moments.opportunity_id = change.opportunity_id
    and greatest(moments.date, created_date) >= change.day
    and greatest(moments.date, created_date) < coalesce(change.next_day, date '9999-12-31')
  group by all
),
work as (
  from activities union all by name from opportunity_work
)
select
  owner_id,
  date,
  owner,
  team,
  region,
  coalesce(sum(activities), 0)::integer as activities,
  coalesce(sum(opportunities_created), 0)::integer as opportunities_created,
  coalesce(sum(opportunities_closed), 0)::integer as opportunities_closed,
  coalesce(sum(stage_moves), 0)::integer as stage_moves
from work join dim_owner on work.owner_id = dim_owner.user_id
where date <= $as_of
group by all
