-- selling cost of the period ÷ net revenue of its order lines
with cost as (select dims[$dimension] as member, sum(amount) as amount from spent where day >= $start and day < $end and scope = 'selling' group by member),
revenue as (select dims[$dimension] as member, sum(amount) as amount from checked_line where day >= $start and day < $end group by member)
select r.member, coalesce(c.amount, 0) / nullif(r.amount, 0) as value
from revenue r left join cost c on c.member is not distinct from r.member
