-- of revenue won: what is missing to its goal ÷ the working days that are left
select member, greatest(0, goal - won_in($start::date, $end::date, $dimension, member)) / working_days_in($end::date, past_day) as value
from goals_of($start::date, $end::date, $dimension) where working_days_in($end::date, past_day) > 0
