-- opportunities won in [start, end)
select dims[$dimension] as member, count(*) as value
from checked_opportunity where outcome = 'won' and closed_on >= $start and closed_on < $end
group by member
