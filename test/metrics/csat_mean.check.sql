-- mean answer, stretched to 1 to 5, to four places
select dims[$dimension] as member, avg(round(1 + 4 * (score - bottom) / (top - bottom), 4)::decimal(9, 4)) as value
from checked_answer where said_on >= $start and said_on < $end and last_word and kind = 'csat' group by member
