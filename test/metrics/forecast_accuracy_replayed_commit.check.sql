-- 1 − |forecast − won| ÷ won: what was won by then and expected by the end of the month, committed, on its first day, from what was known then
select member, 1 - abs(forecast - won) / nullif(won, 0) as value from replay_score('commit', 'start', $start::date, $end::date, $dimension)
