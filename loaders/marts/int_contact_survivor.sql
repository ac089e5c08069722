-- one row per contact as exported, with the contact that it lives on as after all merges; key (contact_id)
-- sources: contact
with recursive
merges as (
  select contact_id, merged_into_id from contact where merged_into_id is not null and merged_into_id <> contact_id
),
chain(contact_id, survivor_id, steps) as (
  select contact_id, merged_into_id, 1 from merges
  union all
  select chain.contact_id, merges.merged_into_id, steps + 1
  from chain join merges on chain.survivor_id = merges.contact_id
  -- Merges in a circle end somewhere.
  where steps < 20
),
survivors as (
  select contact_id, arg_max(survivor_id, steps) as survivor_id from chain group by contact_id
)
select contact_id, coalesce(survivor_id, contact_id) as survivor_id
from contact left join survivors using (contact_id)
