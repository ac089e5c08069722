-- solved by the promised time ÷ all whose promised time ran out in the period
select dims[$dimension] as member, avg(coalesce(first_at <= sla_due_at, false)::integer) as value
from checked_ticket where local_day(sla_due_at) >= $start and local_day(sla_due_at) < $end and local_day(sla_due_at) <= $as_of group by member
