-- over the days of the period: customers who paid the day before and do not ÷ customers who paid the day before
with there as (select distinct customer, day from paid_day),
day as (
  select b.day + 1 as day, count(*) filter (a.customer is null)::double / count(*) as share
  from there b left join there a on a.customer = b.customer and a.day = b.day + 1
  where b.day >= $start::date - 1 and b.day < $end::date - 1 and b.day < as_of() group by b.day
)
select null as member, sum(share) as value from day having count(*) > 0
