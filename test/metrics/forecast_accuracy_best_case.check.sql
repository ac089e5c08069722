-- 1 − |forecast − won| ÷ won: best case, as they stood when the period began
with f as (select dims[$dimension] as member, sum(amount) as value from checked_stated
  where moment = 'start' and category = 'best case' and date >= $start and date < $end group by member),
a as (select dims[$dimension] as member, sum(amount) as value from checked_outcome
  where moment = 'start' and category = 'best case' and date >= $start and date < $end group by member)
select f.member, 1 - abs(f.value - a.value) / nullif(a.value, 0) as value from f join a on f.member is not distinct from a.member
