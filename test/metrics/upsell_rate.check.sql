-- customers on the day before the period and on its last day that in between bought more of a product for more money ÷ customers on the day before
select c.dims[$dimension] as member,
  avg(if(buys_on(l.customer, $end::date - 1)
    and exists (select 1 from checked_again g where g.customer = l.customer and g.day >= $start and g.day < $end and g.money > g.last.money and (g.quantity is null or g.last.quantity is null or g.quantity > g.last.quantity)), 1, 0)) as value
from checked_lapse l left join checked_customer c using (customer)
where buys_on(l.customer, $start::date - 1)
group by member
