-- one row per day that some customer was paying on the day before, with the share of them whom it lost; key (date)
-- sources: int_mrr_span
-- order: date
with
stays as (
  select customer, min(valid_from) as came, coalesce(left_date, date '9999-12-31') as gone
  from int_mrr_span
  group by customer, left_date
),
moves as (
  select came + 1 as date, 1 as change, 0 as lost from stays
  union all
  select gone + 1, -1, 0 from stays where gone < date '9999-12-31'
  union all
  select gone, 0, 1 from stays where gone < date '9999-12-31'
),
daily as (
  select date::date as date, sum(change) as change, sum(lost) as lost from moves group by 1
),
days as (
  select unnest(generate_series((select min(date) from daily), $as_of::date, interval 1 day))::date as date
),
standing as (
  select date, coalesce(lost, 0) as lost, sum(coalesce(change, 0)) over (order by date rows unbounded preceding) as paying
  from days left join daily using (date)
)
select date, paying::integer as paying, lost::integer as lost, (lost / paying)::decimal(28, 15) as share_lost
from standing
where paying > 0
