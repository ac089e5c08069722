-- leads contacted within 5 minutes ÷ leads of the period for which 5 minutes have passed and that were not contacted too early
select dims[$dimension] as member, count(*) filter (contacted_at - born_at <= interval '5 minutes') / count(*) as value
from checked_lead where created_on >= $start and created_on < $end and local_day(born_at + interval '5 minutes') <= as_of() and coalesce(contacted_at >= born_at, true)
group by member
