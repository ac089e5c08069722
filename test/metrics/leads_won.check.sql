-- leads converted in the period
select dims[$dimension] as member, count(*) as value
from checked_lead where ended_on >= $start and ended_on < $end and outcome = 'won'
group by member
