-- one row per customer who ordered, with how often, until when and for how much it came back, and the gross margin of all
-- orders of the year before $as_of; key (customer)
-- sources: int_purchase, fct_order_line
with
profit as (
  select (sum(gross_profit) / nullif(sum(costed_amount), 0))::double as margin
  from fct_order_line
  where order_date > $as_of::date - 365
)
select
  customer,
  (count(*) - 1)::integer as repeats,
  (max(day) - min(day))::integer as last,
  ($as_of - min(day))::integer as age,
  coalesce(avg(amount) filter (number > 1 and amount > 0), 0)::double as mean,
  any_value(margin) as margin
from int_purchase cross join profit
group by customer
