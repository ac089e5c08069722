-- one row per segment of customers with the days without an order after which one counts as lost: nine in ten of the
-- segment's gaps between orders were shorter; key (segment)
-- sources: int_purchase, int_customer_dimension?
with
gaps as (
  select segment, (day - previous_day)::integer as days
  from int_purchase left join int_customer_dimension using (customer)
  where previous_day is not null
),
-- Too few gaps tell nothing of their own: then those of all, then a year.
whole as (
  select case when count(*) >= 30 then ceil(quantile_cont(days, 0.9))::integer else 365 end as days from gaps
)
select
  segments.segment,
  case when count(gaps.days) >= 30 then ceil(quantile_cont(gaps.days, 0.9))::integer else any_value(whole.days) end as days
from (select segment from int_customer_dimension union select null) as segments
cross join whole
left join gaps on segments.segment is not distinct from gaps.segment
group by segments.segment
