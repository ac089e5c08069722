-- one row per opportunity and span of days [won_from, won_to) at whose ends it stood as won; key (opportunity_id, won_from)
-- sources: int_opportunity, int_stage_event
with
turns as (
  select opportunity_id, state, day as won_from, coalesce(lead(day) over turns, date '9999-12-31') as won_to
  from int_stage_event
  where is_turn
  window turns as (partition by opportunity_id order by step)
)
select opportunity_id, won_from, won_to from turns semi join int_opportunity using (opportunity_id)
where state = 'won' and won_from < won_to
union all
select opportunity_id, closed_date, date '9999-12-31' from int_opportunity where not has_stage_events and state = 'won'
