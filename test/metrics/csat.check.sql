-- answers in the two best boxes ÷ answers
select dims[$dimension] as member, count(*) filter (score >= good) / count(*) as value
from checked_answer where said_on >= $start and said_on < $end and last_word and kind = 'csat' group by member
