-- Kaplan–Meier median of the hours to the first solution, of tickets created in the period
select member, value from survived('first', 0.5, $dimension, $start, $end)
