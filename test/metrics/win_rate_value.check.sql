-- Σ won ÷ Σ (won + lost) of the period; nothing where the sum is 0, or where something was won and no amount is known
select dims[$dimension] as member,
  if(count(*) filter (outcome = 'won') > 0 and count(amount) filter (outcome = 'won') = 0, null,
    coalesce(sum(amount) filter (outcome = 'won'), 0)::double / nullif(sum(amount), 0)::double) as value
from checked_opportunity where outcome <> 'open' and closed_on >= $start and closed_on < $end
group by member
