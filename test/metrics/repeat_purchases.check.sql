-- days of the period on which a customer ordered that had ordered on an earlier day; its first order of the day says which dimensions
select o.dims[$dimension] as member, count(*) as value
from checked_purchase p join checked_order o on o.order_id = (
  select min(x.order_id) from checked_order x where x.customer = p.customer and x.day = p.day and not x.called_off and not x.given_back)
where p.day >= $start and p.day < $end and exists (select 1 from checked_purchase e where e.customer = p.customer and e.day < p.day)
group by member
