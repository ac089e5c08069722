-- customers whose first purchase lies in the period and is at least 730 days old: profit of their lines up to day 730, mean
-- over those with any line whose cost is known
with first as (select customer, min(day) as day from checked_purchase group by customer having min(day) >= $start and min(day) < $end and $as_of::date - min(day) >= 730),
worth as (
  select f.customer, (select sum(l.amount - l.cost) from checked_line l where l.customer = f.customer and l.day >= f.day and l.day <= f.day + 730) as profit
  from first f
)
select c.dims[$dimension] as member, avg(profit) as value from worth left join checked_customer c using (customer)
group by member
