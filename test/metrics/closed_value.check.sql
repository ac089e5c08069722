-- amounts of the opportunities won or lost in the period
select dims[$dimension] as member, sum(amount) as value
from checked_opportunity where outcome in ('won', 'lost') and closed_on >= $start and closed_on < $end
group by member
