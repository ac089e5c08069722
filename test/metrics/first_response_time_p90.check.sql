-- nine in ten, by Kaplan–Meier, of the hours to the first answer of a person
select member, value from survived('reply', 0.9, $dimension, $start, $end)
