-- nine in ten, by Kaplan–Meier, of the hours to the first solution
select member, value from survived('first', 0.9, $dimension, $start, $end)
