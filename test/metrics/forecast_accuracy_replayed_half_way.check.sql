-- 1 − |forecast − won| ÷ won: what was won by then and expected by the end of the month, by the chances of their stages, half-way, from what was known then
select member, 1 - abs(forecast - won) / nullif(won, 0) as value from replay_score('by_stage', 'mid', $start::date, $end::date, $dimension)
