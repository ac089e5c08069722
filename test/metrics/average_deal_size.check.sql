-- mean amount of the opportunities won in the period that have one
select dims[$dimension] as member, avg(amount) as value
from checked_opportunity where outcome = 'won' and closed_on >= $start and closed_on < $end and amount <> 0
group by member
