-- complaints created in the period
select dims[$dimension] as member, count(*) as value
from checked_ticket where complains and created_on >= $start and created_on < $end group by member
