-- questions of the period answered by day 30 ÷ all of them that are at least 30 days old
select dims[$dimension] as member, count(*) filter (said_on - asked_on <= 30) / count(*) as value
from checked_answer where kind = 'nps' and asked_on >= $start and asked_on < $end and $as_of::date - asked_on >= 30 group by member
