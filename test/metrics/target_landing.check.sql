-- of revenue won: what was won ÷ the share of the period that has passed, once that is a tenth
select member, won_in($start::date, $end::date, $dimension, member) / nullif(passed_of($start::date, $end::date, past_day, $dimension, member), 0) as value
from goals_of($start::date, $end::date, $dimension) where passed_of($start::date, $end::date, past_day, $dimension, member) >= 0.1
