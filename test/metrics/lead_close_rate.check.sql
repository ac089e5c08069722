-- leads of the period whose opportunity was won by day 180 ÷ leads whose day 180 is not after as-of
select dims[$dimension] as member, sum(if(won_on - created_on <= 180, 1, 0)) / count(*) as value
from checked_lead where created_on >= $start and created_on < $end and $as_of::date - created_on >= 180
group by member
