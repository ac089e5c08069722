-- answers that it was little effort (as near the lowest as easy ones are to the highest) ÷ answers
select dims[$dimension] as member, count(*) filter (score <= bottom + top - good) / count(*) as value
from checked_answer where said_on >= $start and said_on < $end and last_word and kind = 'ces' group by member
