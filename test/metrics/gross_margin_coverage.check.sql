-- revenue of the lines of the period whose cost is known ÷ that of all; none without revenue
select dims[$dimension] as member, coalesce(sum(amount) filter (cost is not null), 0) / nullif(sum(amount), 0) as value
from checked_line where day >= $start and day < $end
group by member
