-- one row per meeting held with an account, or a lead that is none yet, that had no opportunity open when the day began;
-- key (activity_id)
-- sources: int_activity, fct_opportunity?, fct_opportunity_span?, int_customer?, dim_owner?, int_customer_dimension?
-- order: date, opportunity_date, owner
with
-- A lead has opportunities through its account only: while it has none, it has none of these either.
held as (
  select activity_id, date, done_at, owner_id, account_id, coalesce(account_id, lead_id) as party, account_id is null as is_lead
  from int_activity
  where type = 'meeting' and coalesce(account_id, lead_id) is not null
),
open_days as (
  select coalesce(customer_id, account_id) as account_id, valid_from, valid_to
  from fct_opportunity_span left join int_customer using (account_id)
  where not is_undated
),
free as (
  from held
  anti join open_days
    on held.account_id = open_days.account_id and held.date > open_days.valid_from and held.date <= open_days.valid_to
),
opened as (
  select coalesce(customer_id, account_id) as account_id, created_date
  from fct_opportunity left join int_customer using (account_id)
  where created_date is not null and account_id is not null
),
-- An opportunity is credited to the last such meeting on or before its day.
credited as (
  select activity_id, min(created_date) as opportunity_date
  from (
    select free.activity_id, opened.account_id, created_date
    from opened join free on opened.account_id = free.account_id and free.date <= created_date
    qualify row_number() over (partition by opened.account_id, created_date order by date desc, done_at desc, free.activity_id desc) = 1
  )
  group by activity_id
),
-- The other way round: to the first such meeting since the account's opportunity before.
first_credited as (
  select activity_id, min(created_date) as first_opportunity_date
  from (
    select free.activity_id, created_date
    from (select *, lag(created_date) over (partition by account_id order by created_date) as before from (select distinct * from opened)) as opened
    join free on opened.account_id = free.account_id and free.date <= created_date and free.date > coalesce(before, date '0001-01-01')
    qualify row_number() over (partition by opened.account_id, created_date order by date, done_at, free.activity_id) = 1
  )
  group by activity_id
)
select
  activity_id,
  free.date,
  opportunity_date,
  first_opportunity_date,
  dim_owner.owner,
  dim_owner.team,
  coalesce(dim_owner.region, customer.region) as region,
  customer.source,
  customer.segment
from free
left join credited using (activity_id)
left join first_credited using (activity_id)
left join dim_owner on free.owner_id = dim_owner.user_id
left join int_customer_dimension as customer on free.account_id = customer.customer_id
