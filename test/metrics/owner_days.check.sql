-- days with work, each owner's own
select dims[$dimension] as member, count(*) as value
from checked_work where day >= $start and day < $end
group by member
