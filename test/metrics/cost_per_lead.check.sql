-- campaign costs ÷ leads created in the period; nothing where either is missing
with cost as (
  select dims[$dimension] as member, sum(amount) as amount from checked_campaign_day where day >= $start and day < $end group by member
),
came as (select dims[$dimension] as member, count(*) as leads from checked_lead where created_on >= $start and created_on < $end group by member)
select came.member, cost.amount::double / came.leads as value
from came join cost on cost.member is not distinct from came.member
