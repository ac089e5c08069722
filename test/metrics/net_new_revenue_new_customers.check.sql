-- amounts of the orders and returns of the period that stand, of customers whose first purchase lies in it; as far as
-- something is left of them
with first as (select customer, min(day) as day from checked_purchase group by customer having min(day) >= $start and min(day) < $end),
worth as (
  select customer, sum(o.amount) as amount from first join checked_order o using (customer) where not o.called_off and o.day < $end group by customer
)
select c.dims[$dimension] as member, sum(amount) as value from worth left join checked_customer c using (customer) where amount > 0
group by member
