-- nine in ten, by Kaplan–Meier, of the hours of work to the last solution
select member, value from survived('last at work', 0.9, $dimension, $start, $end)
