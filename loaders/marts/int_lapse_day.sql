-- one row per customer and day with an order, with the day from which on the customer counts as lost unless it orders before:
-- by the gaps of its segment, or by its chance of still buying; key (customer, day)
-- sources: int_purchase, int_lapse, int_customer_history?, value_model?, int_customer_dimension?
with
gap as (
  select customer, days
  from (select distinct customer from int_purchase)
  left join int_customer_dimension using (customer)
  join int_lapse on int_customer_dimension.segment is not distinct from int_lapse.segment
),
model as (
  select r::double as r, alpha::double as alpha, nullif(a, 0)::double as a, b::double as b
  from value_model
  where reason is null and $lost_by::varchar = 'alive'
),
-- Times in weeks, as the model was fitted.
history as (
  select customer, day, number - 1 as repeats, day - ($as_of::date - first_order.age) as age
  from int_purchase join int_customer_history as first_order using (customer)
),
-- Between orders the chance only falls: it is $least_alive at one age, solved for here, and less on the day after.
chance as (
  select
    customer,
    day,
    1 + floor(7 * ((alpha + age / 7) * exp(ln((1 / $least_alive::double - 1) * (b + repeats - 1) / a) / (r + repeats)) - alpha)) - age as days
  from history cross join model
  -- Who ordered once has not been seen to stop, at any age: the gap stands.
  where repeats > 0
)
select
  customer,
  day,
  (day + case when chance.customer is null then gap.days else greatest(least(coalesce(chance.days, 36500), 36500), 1) end::integer)::date as lost_on
from int_purchase
join gap using (customer)
left join chance using (customer, day)
