-- leads of the period without a contact although 24 hours have passed
select dims[$dimension] as member, count(*) as value
from checked_lead where created_on >= $start and created_on < $end and contacted_at is null and local_day(born_at + interval '24 hours') <= as_of()
group by member
