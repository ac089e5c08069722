-- one row per customer, level (product, family) and item of it that the customer bought, with the day of the first time and
-- what it then came to; of order lines that stand, or of won deals where no line of an order names a product;
-- key (customer, level, item)
-- sources: fct_order_line?, fct_opportunity?, opportunity_line?, product?, int_customer?, int_customer_dimension?
-- order: level, customer, day
with
ordered as (
  select customer, order_date as day, product, family, amount
  from fct_order_line
  where not is_return and customer is not null and product is not null and line_id <> ''
),
deal_lines as (
  select opportunity_id, coalesce(product.name, opportunity_line.product_id) as product, family, opportunity_line.amount
  from opportunity_line left join product using (product_id)
  where opportunity_line.product_id is not null
),
families as (
  select coalesce(name, product_id) as product, min(family) as family from product group by all
),
-- The lines of a deal are in its own currency, and of its amount the shares that they say.
shared as (
  select opportunity_id, product, family, amount / nullif(sum(amount) over (partition by opportunity_id), 0) as part from deal_lines
),
won as (
  select customer, won_date as day, coalesce(shared.product, deal.product) as product, coalesce(shared.family, families.family) as family,
    deal.amount * case when shared.product is null then 1 else part end as amount
  from fct_opportunity as deal
  join int_customer using (account_id)
  join (select customer, customer_id from int_customer_dimension) using (customer_id)
  left join shared using (opportunity_id)
  left join families on shared.product is null and families.product = deal.product
  where is_won and won_date is not null and not exists (from ordered)
),
bought as (
  select customer, day, product, family, amount from ordered
  union all
  select customer, day, product, family, amount from won where product is not null
),
items as (
  select customer, day, amount, 'product' as level, product as item from bought
  union all
  select customer, day, amount, 'family', family from bought where family is not null
),
days as (
  select customer, level, item, day, sum(amount) as value from items group by all
)
select
  customer,
  level,
  item,
  min(day) as day,
  arg_min(value, day)::decimal(28, 6) as value,
  -- The last day on which the customer bought anything.
  (max(max(day)) over (partition by customer))::date as last_day,
  any_value(owner) as owner,
  any_value(team) as team,
  any_value(region) as region,
  any_value(source) as source,
  any_value(segment) as segment
from days left join int_customer_dimension using (customer)
group by customer, level, item
