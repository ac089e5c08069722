-- an e-mail is 1, a call 2, a meeting 5, a task 1
select dims[$dimension] as member, sum(case type when 'email' then 1 when 'call' then 2 when 'meeting' then 5 when 'task' then 1 else 0 end) as value
from deed where day >= $start and day < $end
group by member
