-- median of lost day − created day
select dims[$dimension] as member, median(cycle::double) as value
from checked_opportunity where outcome = 'lost' and closed_on >= $start and closed_on < $end
group by member
