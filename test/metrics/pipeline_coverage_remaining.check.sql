-- pipeline that is left of the period ÷ what is missing to the goal
with due as (select count(*) as n, sum(amount) as value from checked_pipeline_due where moment = 'end' and date >= $start and date < $end),
goal as (select sum(goal) as value from checked_month where date >= $start and date < $end),
won as (select count(*) as n, sum(amount) as value from checked_opportunity where outcome = 'won' and closed_on >= $start and closed_on < $end)
select null as member, if(due.n = 0, 0, due.value) / nullif(greatest(goal.value - if(won.n = 0, 0, won.value), 0), 0) as value from due, goal, won where $dimension = '(total)'
