-- customers whose first purchase or first paid day lies in the period
select c.dims[$dimension] as member, count(*) as value
from acquired a left join checked_customer c using (customer) where a.day >= $start and a.day < $end
group by member
