-- reads: sales_order, order_line, invoice, account, product, fx_rate
-- after: customers, opportunities
-- Orders, their lines and invoices up to as-of, in the report's currency; no rounding but the sixth decimal.

create temp macro at_rate(value, unit, on_day) as if(coalesce(upper(unit), getvariable('currency')) = getvariable('currency'), value,
  value * (select arg_max(r.rate, r.date) from rate_on r where r.currency = upper(unit) and r.date <= on_day))::decimal(22, 6);

create temp table checked_order as
select o.order_id, o.order_date as day, o.account_id, customer_of(o.account_id) as customer, o.currency, o.net_amount, o.cancel_reason as reason,
  if(o.returned is null, o.net_amount < 0, o.returned) as given_back,
  (o.cancelled or (o.cancelled is null and o.cancelled_at is not null)) is true and (o.cancelled_at is null or local_day(o.cancelled_at) <= as_of()) as called_off,
  at_rate(o.net_amount, o.currency, o.order_date) as amount,
  at_rate(o.net_amount, o.currency, as_of()) as constant_amount,
  map {'region': coalesce(w.region, c.dims['region']), 'team': w.team, 'owner': w.owner, 'source': coalesce(d.source, c.dims['source']),
    'segment': coalesce(d.segment, c.dims['segment']), 'reason': o.cancel_reason, 'product': (
      select arg_max(coalesce(p.name, l.product_id), (abs(l.net_amount), -position))
      from (select *, row_number() over (order by line_id) as position from order_line) l left join product p using (product_id)
      where l.order_id = o.order_id and l.product_id is not null)} as dims
from sales_order o
left join person w on w.user_id = o.owner_id
left join checked_customer c on c.customer = customer_of(o.account_id)
left join deal d on d.opportunity_id = o.opportunity_id
where o.deleted is not true and o.order_date <= as_of()
  and not exists (select 1 from left_out x where x.table_name = 'account' and x.id = o.account_id and x.why = 'test');

-- What counts as bought: customer by day, with the dimensions of the day's first order.
create temp table checked_purchase as
select *, lag(day) over (partition by customer order by day) as previous_day, lead(day) over (partition by customer order by day) as next_day
from (
  select customer, day, arg_min(dims, order_id) as dims
  from checked_order where customer is not null and not called_off and not given_back group by customer, day
);

create temp table checked_line as
with line as (
  select o.*, l.line_id, p.name as product_name, l.product_id, p.family, l.quantity, l.net_amount as line_net, l.cost_amount,
    coalesce(upper(l.currency), upper(o.currency), getvariable('currency')) as line_currency,
    coalesce(upper(o.currency), getvariable('currency')) as order_currency
  from checked_order o join order_line l using (order_id) left join product p using (product_id) where not o.called_off
),
rest as (
  select o.order_id, o.net_amount - coalesce((select sum(x.line_net) from line x where x.order_id = o.order_id), 0) as rest
  from checked_order o
  where not o.called_off and not exists (select 1 from line x where x.order_id = o.order_id and x.line_currency <> x.order_currency)
)
select day, customer, given_back, product_id, family, quantity, line_net, line_currency,
  at_rate(line_net, line_currency, day) as amount, at_rate(cost_amount, line_currency, day) as cost,
  map_concat(dims, map {'product': coalesce(product_name, product_id)}) as dims
from line
union all
select o.day, o.customer, o.given_back, null, null, null, r.rest, o.currency, at_rate(r.rest, o.currency, o.day), null, map_concat(o.dims, map {'product': null::varchar})
from rest r join checked_order o using (order_id) where r.rest <> 0;

create temp table checked_invoice as
select i.invoice_date as day, at_rate(i.net_amount, i.currency, i.invoice_date) as amount,
  map {'region': coalesce(o.dims['region'], c.dims['region']), 'team': coalesce(o.dims['team'], c.dims['team']), 'owner': coalesce(o.dims['owner'], c.dims['owner']),
    'source': coalesce(o.dims['source'], c.dims['source']), 'segment': coalesce(o.dims['segment'], c.dims['segment'])} as dims
from invoice i left join checked_order o using (order_id) left join checked_customer c on c.customer = customer_of(i.account_id)
where i.deleted is not true and i.invoice_date <= as_of() and not exists (select 1 from left_out x where x.table_name = 'account' and x.id = i.account_id and x.why = 'test');
