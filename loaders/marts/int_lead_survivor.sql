-- one row per lead as exported, with the lead that it lives on as after all merges; key (lead_id)
-- sources: lead
with recursive
merges as (
  select lead_id, merged_into_id from lead where merged_into_id is not null and merged_into_id <> lead_id
),
chain(lead_id, survivor_id, steps) as (
  select lead_id, merged_into_id, 1 from merges
  union all
  select chain.lead_id, merges.merged_into_id, steps + 1
  from chain join merges on chain.survivor_id = merges.lead_id
  -- Merges in a circle end somewhere.
  where steps < 20
),
survivors as (
  select lead_id, arg_max(survivor_id, steps) as survivor_id from chain group by lead_id
)
select lead_id, coalesce(survivor_id, lead_id) as survivor_id
from lead left join survivors using (lead_id)
