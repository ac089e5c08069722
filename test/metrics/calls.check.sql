-- calls that people did in the period
select dims[$dimension] as member, count(*) as value
from deed where day >= $start and day < $end and type = 'call'
group by member
