-- won ÷ (won + lost) of the period, by count
select dims[$dimension] as member, avg(if(outcome = 'won', 1, 0)) as value
from checked_opportunity where outcome <> 'open' and closed_on >= $start and closed_on < $end
group by member
