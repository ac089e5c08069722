-- customers on the day before the period and on its last day that in between paid more for no more of a product
select c.dims[$dimension] as member, count(*) as value
from checked_lapse l left join checked_customer c using (customer)
where buys_on(l.customer, $start::date - 1) and buys_on(l.customer, $end::date - 1)
  and exists (select 1 from checked_again g where g.customer = l.customer and g.day >= $start and g.day < $end and g.money > g.last.money and g.quantity <= g.last.quantity)
group by member
