-- after: owners, opportunities
-- What owners did, created and won, day by day; and what they did, once more in the month after.

create temp table owner_deed as
with told as (
  -- Who only moved an opportunity on was at work too.
  select dims['owner'] as owner, day, 0 as deeds, 0 as deeds_late, 0 as created, 0 as won, false as is_late from checked_work
  union all select dims['owner'], day, 1, 0, 0, 0, false from deed
  union all select dims['owner'], (day + interval 1 month)::date, 0, 1, 0, 0, true from deed
  union all select p.owner, d.created_on, 0, 0, 1, 0, false from deal d join person p on p.user_id = owner_on(d.opportunity_id, d.owner_id, d.created_on)
  union all select dims['owner'], closed_on, 0, 0, 0, coalesce(amount, 0), false from checked_opportunity where outcome = 'won'
)
select t.owner, t.day, t.deeds, t.deeds_late, t.created, t.won, t.is_late, map {'team': p.team, 'region': p.region} as dims
from told t join person p using (owner) where t.day <= as_of();
