-- pipeline due in the months that begin in the period ÷ their goals
with due as (select count(*) as n, sum(amount) as value from checked_pipeline_due where moment = 'start' and date >= $start and date < $end),
goal as (select sum(goal) as value from checked_month where date >= $start and date < $end)
select null as member, if(due.n = 0, 0, due.value) / nullif(goal.value, 0) as value from due, goal where $dimension = '(total)'
