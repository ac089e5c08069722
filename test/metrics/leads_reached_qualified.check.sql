-- leads created in the period that were qualified, or got further
select dims[$dimension] as member, count(*) as value
from checked_lead where created_on >= $start and created_on < $end and coalesce(qualified_on, converted_on, won_on) is not null
group by member
