-- leads given up in the period
select dims[$dimension] as member, count(*) as value
from checked_lead where ended_on >= $start and ended_on < $end and outcome = 'lost'
group by member
