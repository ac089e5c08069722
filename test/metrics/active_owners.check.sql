-- owners with any work in the period
select dims[$dimension] as member, count(distinct owner) as value
from checked_work where day >= $start and day < $end
group by member
