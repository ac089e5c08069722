-- after: activities
-- Days on which somebody worked.

-- Who worked on which day: an activity done by a person, an opportunity created, closed, or entering another stage.
create temp table checked_work as
with stage_entry as (
  select *, lag(stage) over (partition by opportunity_id order by position) as before from event
),
work as (
  select owner_id, day from deed
  union
  select owner_on(opportunity_id, owner_id, created_on), created_on from deal
  union
  select owner_on(opportunity_id, owner_id, greatest(closed_on, created_on)), closed_on from deal
  union
  select owner_on(d.opportunity_id, d.owner_id, greatest(e.day, d.created_on)), e.day
  from stage_entry e join deal d using (opportunity_id) where e.position > 1 and e.stage <> e.before
)
select w.day, p.owner, map {'region': p.region, 'team': p.team, 'owner': p.owner} as dims
from work w join person p on p.user_id = w.owner_id where w.day <= as_of();
