-- nine in ten, by Kaplan–Meier, of the hours of work to the first answer
select member, value from survived('reply at work', 0.9, $dimension, $start, $end)
