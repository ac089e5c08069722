-- (profit of the period's lines with a cost − its selling cost) ÷ its selling cost
with cost as (select dims[$dimension] as member, sum(amount) as amount from spent where day >= $start and day < $end and scope = 'selling' group by member),
profit as (select dims[$dimension] as member, sum(amount - cost) as amount, count(*) as n from checked_line where day >= $start and day < $end group by member)
select c.member, if(p.n > 0, p.amount, 0) / nullif(c.amount, 0) - 1 as value
from cost c left join profit p on p.member is not distinct from c.member
