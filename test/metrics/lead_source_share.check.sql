-- leads of the member ÷ all leads of the period
select dims[$dimension] as member, count(*) / (select count(*) from checked_lead where created_on >= $start and created_on < $end) as value
from checked_lead where created_on >= $start and created_on < $end
group by member
