-- leads created in the period that no bulk load brought
select dims[$dimension] as member, count(*) as value
from checked_lead where created_on >= $start and created_on < $end and not imported
group by member
