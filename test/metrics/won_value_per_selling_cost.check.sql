-- value won in the period ÷ cost of the scope selling of its days
with won as (
  select dims[$dimension] as member, sum(amount)::double as amount from checked_opportunity
  where outcome = 'won' and closed_on >= $start and closed_on < $end group by member
),
cost as (select dims[$dimension] as member, sum(amount)::double as amount from spent where day >= $start and day < $end and scope = 'selling' group by member)
select c.member, coalesce(w.amount, 0) / nullif(c.amount, 0) as value from cost c left join won w on w.member is not distinct from c.member
