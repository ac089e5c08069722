-- leads of the period with an opportunity by day 90 ÷ leads whose day 90 is not after as-of
select dims[$dimension] as member, sum(if(opportunity_on - created_on <= 90, 1, 0)) / count(*) as value
from checked_lead where created_on >= $start and created_on < $end and $as_of::date - created_on >= 90
group by member
