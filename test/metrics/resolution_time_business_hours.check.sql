-- half, by Kaplan–Meier, of the hours of work to the first solution
select member, value from survived('first at work', 0.5, $dimension, $start, $end)
