-- leads converted in the period ÷ leads created in it
with converted as (
  select dims[$dimension] as member, count(*) as leads from checked_lead where outcome = 'won' and ended_on >= $start and ended_on < $end group by member
),
came as (select dims[$dimension] as member, count(*) as leads from checked_lead where created_on >= $start and created_on < $end group by member)
select came.member, coalesce(converted.leads, 0) / came.leads as value
from came left join converted on converted.member is not distinct from came.member
