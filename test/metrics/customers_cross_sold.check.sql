-- customers on the day before the period and on its last day that in between bought from a family for the first time
select c.dims[$dimension] as member, count(*) as value
from checked_lapse l left join checked_customer c using (customer)
where buys_on(l.customer, $start::date - 1) and buys_on(l.customer, $end::date - 1)
  and exists (select 1 from checked_again g where g.customer = l.customer and g.day >= $start and g.day < $end and g.new_family)
group by member
