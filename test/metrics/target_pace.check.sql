-- of revenue won: its goal × the share of the period that has passed
select member, goal * passed_of($start::date, $end::date, past_day, $dimension, member) as value from goals_of($start::date, $end::date, $dimension)
