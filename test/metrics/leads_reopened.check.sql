-- leads taken up again in the period
select dims[$dimension] as member, count(*) as value
from checked_lead where away_to >= $start and away_to < $end
group by member
