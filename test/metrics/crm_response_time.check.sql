-- the shortest time within which 50 in a hundred requests that succeeded were done
select member, value from took(0.5, $dimension, $start, $end)
