-- reads: sales_order
-- after: orders
-- What each customer's orders and returns came to in a period and in the one before it, and what the rates made of it.

-- As long; whole months before whole months; the first days of the month or quarter before a running one.
create temp macro former_days(s, e) as table
with span as (
  select s as a, e as b, day(s) = 1 and day(e) = 1 as whole, e = as_of() + 1 as running, datediff('month', s, e) as months,
    if(month(s) % 3 = 1, 3, 1) as unit
)
select a, b, case when whole then a - to_months(months) when running then a - to_months(unit) else a - (b - a)::integer end::date as c,
  case when running and not whole then least(a, (a - to_months(unit))::date + (b - a)::integer) else a end as d
from span;

create temp table first_bought as select customer, min(day) as day from checked_purchase group by customer;

-- One row a customer (null: all orders of nobody). Rates: what was bought in a foreign currency, less the same at the mean rate
-- of what the customer bought in it before.
create temp macro revenue_lines(s, e, dimension) as table
with money as (
  select o.*, dims[dimension] as member, coalesce(upper(currency), getvariable('currency')) as unit, o.day >= a as is_now, f.a, f.b
  from checked_order o, former_days(s, e) f where not called_off and (o.day >= a and o.day < b or o.day >= c and o.day < d)
),
by_unit as (
  select member, customer, unit, any_value(a) as a, any_value(b) as b,
    coalesce(sum(amount) filter (is_now), 0) as later, coalesce(sum(amount) filter (not is_now), 0) as earlier,
    sum(net_amount) filter (is_now and amount is not null) as own,
    sum(abs(amount)) filter (not is_now) / nullif(sum(abs(net_amount)) filter (not is_now and amount is not null), 0) as former_rate
  from money group by member, customer, unit
),
by_customer as (
  select member, customer, sum(later) as later, sum(earlier) as earlier,
    sum(if(unit = getvariable('currency'), 0, coalesce(later - (own::double * former_rate)::decimal(28, 6), 0))) as rates, any_value(a) as a, any_value(b) as b
  from by_unit group by member, customer
)
select member, c.customer, later - earlier - rates as own_change, rates, coalesce(f.day >= a and f.day < b, false) as is_new
from by_customer c left join first_bought f using (customer);
