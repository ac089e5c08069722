-- customers on the day before the period
select c.dims[$dimension] as member, count(*) as value
from checked_lapse l left join checked_customer c using (customer) where buys_on(l.customer, $start::date - 1)
group by member
