-- mean of won day − created day
select dims[$dimension] as member, avg(cycle) as value
from checked_opportunity where outcome = 'won' and closed_on >= $start and closed_on < $end
group by member
