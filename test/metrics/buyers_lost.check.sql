-- customers on the day before the period that are none on its last day
select c.dims[$dimension] as member, count(*) as value
from checked_lapse l left join checked_customer c using (customer) where buys_on(l.customer, $start::date - 1) and not buys_on(l.customer, $end::date - 1)
group by member
