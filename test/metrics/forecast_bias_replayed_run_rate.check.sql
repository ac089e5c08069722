-- (forecast − won) ÷ won: what was won by half-way ÷ the share of the month's working days that had passed
select member, (forecast - won) / nullif(won, 0) as value from replay_score('by_pace', 'mid', $start::date, $end::date, $dimension)
