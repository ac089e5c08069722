-- amount less cost, of the lines of the period whose cost is known
select dims[$dimension] as member, sum(amount - cost) as value
from checked_line where day >= $start and day < $end
group by member
