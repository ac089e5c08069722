-- days of the period on which a customer ordered that had ordered on an earlier day
select dims[$dimension] as member, count(*) as value
from checked_purchase where day >= $start and day < $end and previous_day is not null
group by member
