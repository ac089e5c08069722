-- Kaplan–Meier median of the hours to the first answer of a person, of tickets created in the period
select member, value from survived('reply', 0.5, $dimension, $start, $end)
