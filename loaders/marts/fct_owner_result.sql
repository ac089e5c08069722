-- one row per owner and local day with what they did and what came of it, and one per day a month later with what they had
-- done then; key (owner, date, is_own_month)
-- sources: fct_owner_day, fct_opportunity, dim_owner
-- order: date, owner
with
results as (
  select owner, date, true as is_own_month, activities, opportunities_created from fct_owner_day
  union all by name
  select owner, (date + interval 1 month)::date as date, false as is_own_month, activities as activities_before
  from fct_owner_day
  where activities > 0
  union all by name
  select owner, closed_date as date, true as is_own_month, amount as won_value from fct_opportunity where is_won
)
select
  owner,
  date,
  is_own_month,
  coalesce(sum(activities), 0)::integer as activities,
  coalesce(sum(activities_before), 0)::integer as activities_before,
  coalesce(sum(opportunities_created), 0)::integer as opportunities_created,
  coalesce(sum(won_value), 0)::decimal(18, 2) as won_value,
  any_value(dim_owner.team) as team,
  any_value(dim_owner.region) as region
from results join dim_owner using (owner)
where date <= $as_of
group by owner, date, is_own_month
