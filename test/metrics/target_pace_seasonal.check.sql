-- of revenue won: its goal × the mean share of the whole that had come by the same day of the last three years
select member, goal * seasonal_of($start::date, $end::date, past_day, $dimension, member) as value from goals_of($start::date, $end::date, $dimension)
