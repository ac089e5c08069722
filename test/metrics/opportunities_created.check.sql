-- opportunities created in [start, end)
select dims[$dimension] as member, count(*) as value
from checked_opportunity where created_on >= $start and created_on < $end
group by member
