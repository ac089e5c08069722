-- first solved in the period with one answer ÷ all first solved in it
select dims[$dimension] as member, avg((coalesce(replies, 0) = 1)::integer) as value
from checked_ticket where local_day(first_at) >= $start and local_day(first_at) < $end group by member
