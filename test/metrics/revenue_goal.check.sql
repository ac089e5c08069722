-- the company's goals for revenue won of the months that begin in the period
select null as member, sum(goal) as value from checked_month where date >= $start and date < $end having count(goal) > 0
