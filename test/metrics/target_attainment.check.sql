-- of revenue won: what was won ÷ its goal
select member, won_in($start::date, $end::date, $dimension, member) / goal as value from goals_of($start::date, $end::date, $dimension)
