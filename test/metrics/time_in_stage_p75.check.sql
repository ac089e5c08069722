-- days in a stage by which 0.75 of the stays that began in the period had ended; where more than a tenth has not, those count as long as they last; else only those that have count
from stayed($start, $end, $dimension, 0.75)
