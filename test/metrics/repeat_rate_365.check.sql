-- customers whose first purchase lies in the period and is at least 365 days old, with another by day 365 ÷ all of these
with first as (select customer, min(day) as day from checked_purchase group by customer having min(day) >= $start and min(day) < $end and $as_of::date - min(day) >= 365)
select c.dims[$dimension] as member,
  count(*) filter (where exists (select 1 from checked_purchase p where p.customer = f.customer and p.day > f.day and p.day <= f.day + 365)) / count(*) as value
from first f left join checked_customer c using (customer)
group by member
