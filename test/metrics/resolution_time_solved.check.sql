-- median hours to the first solution, of tickets first solved in the period
select dims[$dimension] as member, median(hours_between(created_at, first_at)::double) as value
from checked_ticket where local_day(first_at) >= $start and local_day(first_at) < $end group by member
