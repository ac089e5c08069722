-- mean of the answers' shares of the highest of their scales, to four places
select dims[$dimension] as member, avg(round(score / top, 4)::decimal(9, 4)) as value
from checked_answer where said_on >= $start and said_on < $end and last_word and kind = 'csat' group by member
