-- median hours of work that customers waited, of tickets solved in the period
select dims[$dimension] as member, median(customer_hours::double) as value
from waiting_at_work where solved_on >= $start and solved_on < $end group by member
