-- median of the days since the customer's purchase before, over the purchases of the period that have one
with gap as (
  select o.dims, p.day - (select max(e.day) from checked_purchase e where e.customer = p.customer and e.day < p.day) as days
  from checked_purchase p join checked_order o on o.order_id = (
    select min(x.order_id) from checked_order x where x.customer = p.customer and x.day = p.day and not x.called_off and not x.given_back)
  where p.day >= $start and p.day < $end
)
select dims[$dimension] as member, quantile_cont(days::double, 0.5) as value
from gap where days is not null
group by member
