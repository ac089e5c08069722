-- orders of the period whose customer had an order before: on an earlier day, or of a lower number on the same
select dims[$dimension] as member, count(*) as value
from checked_order o
where day >= $start and day < $end and not called_off and not given_back and exists (
  select 1 from checked_order e where e.customer = o.customer and not e.called_off and not e.given_back and (e.day, e.order_id) < (o.day, o.order_id))
group by member
