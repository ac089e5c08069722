-- (forecast − won) ÷ won, replayed, of the twelve months up to the period's end
select member, (forecast - won) / nullif(won, 0) as value from replay_score('by_stage', 'start', ($end::date - interval 12 months)::date, $end::date, $dimension)
