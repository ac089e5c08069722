-- one row per quote, all revisions together, as the latest of them on $as_of says; ordered when the first order from any
-- of them was placed; key (quote_id)
-- sources: quote, sales_order?, int_order?, int_opportunity_dimension?, dim_owner, account?
-- custom: quote
-- order: created_date, owner
with
revisions as (
  select *, coalesce(quote_family_id, quote_id) as family, local_day(created_at) as created_on
  from quote
  where deleted is not true and coalesce(local_day(created_at), $as_of) <= $as_of
),
orders as (
  select family, local_day(ordered_at) as day from revisions
  union all
  select family, int_order.order_date
  from revisions
  join sales_order on revisions.quote_id = sales_order.quote_id
  join int_order using (order_id)
  where not is_cancelled and not is_return
),
firsts as (
  select family, min(day) as ordered_date from orders where day <= $as_of group by family
),
latest as (
  from revisions
  qualify row_number() over (partition by family order by revision desc nulls last, created_at desc nulls last, quote_id desc) = 1
)
select
  latest.quote_id,
  latest.created_on as created_date,
  ordered_date,
  case when ordered_date is null and expires_on < $as_of then expires_on end as expired_date,
  owner,
  team,
  coalesce(own_region, dim_owner.region, account.region) as region,
  opportunity.source,
  product,
  coalesce(opportunity.segment, account.segment) as segment
from latest
left join firsts using (family)
left join int_opportunity_dimension as opportunity using (opportunity_id)
left join account on coalesce(latest.account_id, opportunity.account_id) = account.account_id
left join dim_owner on latest.owner_id = dim_owner.user_id
