-- after: orders
-- Who counts as a customer on a day, and what was new about what they bought.

-- Days without an order after which a customer is lost: nine in ten gaps of the segment are shorter; with fewer than
-- thirty of its own, of all; with fewer than thirty in all, a year.
create temp table checked_lapse as
with gap as (
  select c.dims['segment'] as segment, p.day - (select max(e.day) from checked_purchase e where e.customer = p.customer and e.day < p.day) as days
  from checked_purchase p left join checked_customer c using (customer)
),
own as (select segment, count(days) as n, ceil(quantile_cont(days::double, 0.9)) as days from gap group by segment),
whole as (select if(count(days) >= 30, ceil(quantile_cont(days::double, 0.9)), 365) as days from gap)
select p.customer, coalesce(if(own.n >= 30, own.days, null), whole.days)::integer as lapse
from (select distinct customer from checked_purchase) p
left join checked_customer c using (customer)
left join own on own.segment is not distinct from c.dims['segment']
cross join whole;

create temp macro buys_on(who, on_day) as exists (
  select 1 from checked_purchase p join checked_lapse using (customer) where p.customer = who and p.day <= on_day and p.day + lapse > on_day);

-- A product on one day of a customer, beside the same product on the last day before.
create temp table checked_again as
with bought as (
  select customer, day, product_id, coalesce(family, product_id) as family, line_currency as currency,
    if(bool_and(quantity is not null), sum(quantity), null) as quantity, sum(line_net) as money
  from checked_line where customer is not null and not given_back and product_id is not null
  group by customer, day, product_id, coalesce(family, product_id), line_currency
)
select b.*, (select arg_max({'money': e.money, 'quantity': e.quantity}, e.day) from bought e
    where e.customer = b.customer and e.product_id = b.product_id and e.currency = b.currency and e.day < b.day) as last,
  not exists (select 1 from bought e where e.customer = b.customer and e.family = b.family and e.day < b.day)
    and exists (select 1 from bought e where e.customer = b.customer and e.day < b.day) as new_family
from bought b;
