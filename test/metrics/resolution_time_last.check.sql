-- Kaplan–Meier median of the hours to the last solution, of tickets created in the period
select member, value from survived('last', 0.5, $dimension, $start, $end)
