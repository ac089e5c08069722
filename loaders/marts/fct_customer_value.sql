-- one row per customer who ordered, with what a model fitted on $as_of expects of it: the chance that it still buys, its
-- purchases and their discounted gross profit in the next 12 and 24 months; none where no model holds; key (customer)
-- sources: customer_value, int_customer_history, int_customer_dimension?
-- order: customer
select
  customer,
  $as_of::date as valid_from,
  date '9999-12-31' as valid_to,
  p_alive,
  purchases_12,
  purchases_24,
  value_12,
  value_24,
  owner,
  team,
  region,
  source,
  segment
from customer_value
join int_customer_history using (customer)
left join int_customer_dimension using (customer)
