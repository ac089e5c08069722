-- leads of the period qualified or further by day 90 ÷ leads of the period whose day 90 is not after as-of
select dims[$dimension] as member, sum(if(fit_on - created_on <= 90, 1, 0)) / count(*) as value
from checked_lead where created_on >= $start and created_on < $end and $as_of::date - created_on >= 90
group by member
