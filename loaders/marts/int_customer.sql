-- one row per account as exported, with the account that it lives on as after all merges; key (account_id)
-- sources: account
with recursive
merges as (
  select account_id, merged_into_id from account where merged_into_id is not null and merged_into_id <> account_id
),
chain(account_id, survivor_id, steps) as (
  select account_id, merged_into_id, 1 from merges
  union all
  select chain.account_id, merges.merged_into_id, steps + 1
  from chain join merges on chain.survivor_id = merges.account_id
  -- Merges in a circle end somewhere.
  where steps < 20
),
survivors as (
  select account_id, arg_max(survivor_id, steps) as survivor_id from chain group by account_id
)
select account_id, coalesce(survivor_id, account_id) as customer_id
from account left join survivors using (account_id)
