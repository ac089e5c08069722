-- leads created in the period that were converted, or got further
select dims[$dimension] as member, count(*) as value
from checked_lead where created_on >= $start and created_on < $end and coalesce(converted_on, won_on) is not null
group by member
