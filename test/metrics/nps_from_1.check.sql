-- share of 9 and 10 less share of 1 to 6, times 100, of the last words of the period from 1 on
select dims[$dimension] as member, 100 * (count(*) filter (score >= 9) - count(*) filter (score <= 6)) / count(*) as value
from checked_answer where said_on >= $start and said_on < $end and last_word and kind = 'nps' and score >= 1 group by member
