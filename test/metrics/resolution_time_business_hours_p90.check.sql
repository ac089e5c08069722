-- nine in ten, by Kaplan–Meier, of the hours of work to the first solution
select member, value from survived('first at work', 0.9, $dimension, $start, $end)
