-- (forecast − won) ÷ won: what was won by then and all that was open, by the share won within the days that the month had left, on its first day, from what was known then
select member, (forecast - won) / nullif(won, 0) as value from replay_score('in_period', 'start', $start::date, $end::date, $dimension)
