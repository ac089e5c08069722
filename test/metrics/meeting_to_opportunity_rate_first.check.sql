-- meetings of the period credited as the first with an opportunity by day 30 ÷ meetings whose day 30 is not after as-of
select dims[$dimension] as member, sum(if(first_opportunity_on - day <= 30, 1, 0)) / count(*) as value
from checked_meeting where day >= $start and day < $end and $as_of::date - day >= 30
group by member
