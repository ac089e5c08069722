-- leads first qualified, converted or won in the period, whichever came first
select dims[$dimension] as member, count(*) as value
from checked_lead where fit_on >= $start and fit_on < $end
group by member
