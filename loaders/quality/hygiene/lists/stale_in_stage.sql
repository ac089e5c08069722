-- an open deal that has been in its stage for longer than nine in ten of the stays there that have ended; days in the
-- stage, and the days of those nine in ten. A stage says nothing before ten stays in it have ended.
-- about: opportunity
-- among: int_open_opportunity
-- needs: opportunity_stage_history.entered_at|opportunity_field_history.changed_at
with
stays as (
  select
    opportunity_id, stage, day as entered_on,
    lead(day) over (partition by opportunity_id order by step) as left_on
  from int_stage_event
  where is_entry
),
usual as (
  select stage, quantile_disc(left_on - entered_on, 0.9)::integer as usual_days
  from stays
  where left_on is not null
  group by stage
  having count(*) >= 10
)
select id, owner, team, stays.stage, amount, ($as_of::date - entered_on)::integer as days, usual_days
from int_open_opportunity
join stays on id = opportunity_id and left_on is null
join usual on stays.stage = usual.stage
where $as_of::date - entered_on > usual_days
