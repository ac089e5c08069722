-- the shortest time within which 99 in a hundred requests that succeeded were done
select member, value from took(0.99, $dimension, $start, $end)
