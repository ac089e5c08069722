-- leads created in the period whose opportunity is won
select dims[$dimension] as member, count(*) as value
from checked_lead where created_on >= $start and created_on < $end and won_on is not null
group by member
