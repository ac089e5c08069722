-- leads created in the period without a source
select dims[$dimension] as member, count(*) as value
from checked_lead where created_on >= $start and created_on < $end and dims['source'] is null
group by member
