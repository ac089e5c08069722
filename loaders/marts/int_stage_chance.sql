-- one row per open stage and number of days in it: the share won of the opportunities that entered the stage at least 180
-- days before $as_of and stayed there so long or longer, from the day after the stay before; the last holds from there on
-- and rests on at least 30. Of all that were created so long ago where fewer than 30 entered the stage, and in the row
-- without a stage; key (stage, from_days)
-- sources: int_opportunity, fct_stage_visit, dim_stage
with
pooled as (
  select avg((state = 'won')::integer) as chance from int_opportunity where created_date <= $as_of - 180
),
stays as (
  select visit.stage, days, count(*) as n, sum((int_opportunity.state = 'won')::integer) as won
  from fct_stage_visit as visit join int_opportunity using (opportunity_id)
  where entered_date <= $as_of - 180
  group by visit.stage, days
),
tails as (
  select
    stage,
    coalesce(lag(days) over (partition by stage order by days) + 1, 0) as from_days,
    sum(n) over longer as n,
    sum(won) over longer as won
  from stays
  window longer as (partition by stage order by days desc)
)
select
  dim_stage.stage,
  coalesce(from_days, 0)::integer as from_days,
  coalesce(tails.won / tails.n, pooled.chance)::decimal(7, 6) as win_chance
from dim_stage cross join pooled left join (from tails where n >= 30) as tails using (stage)
union all
select null, 0, chance::decimal(7, 6) from pooled
