-- days in a stage by which 0.75 of the stays that began in the period had ended; those that have not count as long as they last
from stayed($start, $end, $dimension, 0.75)
