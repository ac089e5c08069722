-- one row per opportunity stage of the stage map; key (stage)
-- sources: stage_map?
-- order: rank, stage
select
  stage,
  first(state order by rank, state) as state,
  min(rank)::smallint as rank,
  first(probability order by rank, probability)::decimal(5, 4) as probability
from stage_map
group by stage
