-- cost of the scope crm of the days of the period
select dims[$dimension] as member, sum(amount) as value
from spent where day >= $start and day < $end and scope = 'crm'
group by member
