-- profit ÷ revenue of the lines of the period whose cost is known; none without revenue
select dims[$dimension] as member, sum(amount - cost) / nullif(sum(amount), 0) as value
from checked_line where day >= $start and day < $end and cost is not null
group by member
