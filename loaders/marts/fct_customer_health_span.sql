-- one row per paying customer and span of days [valid_from, valid_to) from one scoring to the next, at month ends and on
-- $as_of, with its health from 0 to 100, how much of it is known and each input; key (customer, valid_from)
-- sources: int_health_day, int_health_input, health_weight, health_band, int_customer_dimension
-- custom: account
-- order: valid_from, valid_to, customer
with
inputs as (
  select
    customer,
    day,
    -- What is not known drops out, and takes its weight with it.
    (sum(score * weight) / nullif(sum(weight), 0))::decimal(5, 2) as score,
    (sum(weight) / (select sum(weight) from health_weight))::decimal(5, 4) as confidence,
    max(score) filter (input = 'usage') as usage,
    max(score) filter (input = 'support') as support,
    max(score) filter (input = 'sentiment') as sentiment,
    max(score) filter (input = 'payment') as payment,
    max(score) filter (input = 'relation') as relation,
    max(score) filter (input = 'renewal') as renewal
  from int_health_input join health_weight using (input)
  group by customer, day
),
scored as (
  select
    days.*,
    inputs.* exclude (customer, day),
    -- Of whom less than half is known is in no band.
    (select arg_max(health_band.band, from_score) from health_band where from_score <= inputs.score and confidence >= 0.5) as band,
    -- The scales of the two: 50 is 90 days before the end, 100 is in touch within 30 days.
    renewal <= 50 and coalesce(relation < 100, false) as is_due_in_silence
  from int_health_day as days left join inputs using (customer, day)
)
select
  customer_id as account_id,
  customer,
  day as valid_from,
  next_day as valid_to,
  left_date,
  score,
  coalesce(confidence, 0)::decimal(5, 4) as confidence,
  scored.band,
  usage,
  support,
  sentiment,
  payment,
  relation,
  renewal,
  coalesce(scored.band = 'red' or is_due_in_silence, false) as is_at_risk,
  mrr,
  unrated_currency,
  owner,
  team,
  region,
  source,
  segment
from scored left join int_customer_dimension using (customer_id, customer)
