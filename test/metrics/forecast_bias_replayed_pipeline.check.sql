-- (forecast − won) ÷ won: what was won by then and expected by the end of the month, not omitted, on its first day, from what was known then
select member, (forecast - won) / nullif(won, 0) as value from replay_score('pipeline', 'start', $start::date, $end::date, $dimension)
