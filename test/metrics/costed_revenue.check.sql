-- amounts of the lines of the period whose cost is known
select dims[$dimension] as member, sum(if(cost is null, null, amount)) as value
from checked_line where day >= $start and day < $end
group by member
