-- the shortest time within which 95 in a hundred requests that succeeded were done
select member, value from took(0.95, $dimension, $start, $end)
