-- nine in ten, by Kaplan–Meier, of the hours to the last solution
select member, value from survived('last', 0.9, $dimension, $start, $end)
