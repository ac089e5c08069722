-- an open deal that has been in its stage for longer than nine in ten of the stays there that have ended; days in the
-- stage, the days of those nine in ten, and how many stays they are of. Where fewer than ten stays in its stage have
-- ended, those in all open stages count, where ten have.
-- about: opportunity
-- among: int_open_opportunity
-- needs: opportunity_stage_history.entered_at|opportunity_field_history.changed_at
with
stays as (
  select
    opportunity_id, stage, state, day as entered_on,
    lead(day) over (partition by opportunity_id order by step) as left_on
  from int_stage_event
  where is_entry
),
ended as (
  select stage, left_on - entered_on as days from stays where left_on is not null and state = 'open'
),
usual as (
  select stage, 'stage' as usual_of, count(*)::integer as usual_n, quantile_disc(days, 0.9)::integer as usual_days
  from ended
  group by stage
  having count(*) >= 10
),
pooled as (
  select 'all' as usual_of, count(*)::integer as usual_n, quantile_disc(days, 0.9)::integer as usual_days
  from ended
  having count(*) >= 10
),
standing as (
  select
    id, owner, team, stays.stage, amount, ($as_of::date - entered_on)::integer as days,
    coalesce(usual.usual_days, pooled.usual_days) as usual_days,
    coalesce(usual.usual_n, pooled.usual_n) as usual_n,
    coalesce(usual.usual_of, pooled.usual_of) as usual_of
  from int_open_opportunity
  join stays on id = opportunity_id and left_on is null
  left join usual on stays.stage = usual.stage
  left join pooled on usual.stage is null
)
from standing
where days > usual_days
