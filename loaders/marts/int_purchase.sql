-- one row per customer and day with an order that was not cancelled, however many they were; key (customer, day)
-- sources: int_order
with
days as (
  select customer, order_date as day, min(order_id) as order_id, sum(amount) as amount
  from int_order
  where customer is not null and not is_cancelled and not is_return
  group by customer, order_date
)
select
  *,
  row_number() over by_day as number,
  lag(day) over by_day as previous_day,
  lead(day) over by_day as next_day
from days
window by_day as (partition by customer order by day)
