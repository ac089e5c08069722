-- one row per open stage with the share won of the opportunities that entered it at least 180 days before $as_of; of all
-- that were created so long ago where fewer than 30 entered the stage, and in the row without a stage; key (stage)
-- sources: int_opportunity, fct_stage_visit, dim_stage
with
pooled as (
  select avg((state = 'won')::integer) as chance from int_opportunity where created_date <= $as_of - 180
),
stages as (
  select visit.stage, count(*) as n, avg((int_opportunity.state = 'won')::integer) as chance
  from fct_stage_visit as visit join int_opportunity using (opportunity_id)
  where entered_date <= $as_of - 180
  group by visit.stage
)
select
  dim_stage.stage,
  case when n >= 30 then stages.chance else pooled.chance end::decimal(7, 6) as win_chance
from dim_stage cross join pooled left join stages using (stage)
union all
select null, chance::decimal(7, 6) from pooled
