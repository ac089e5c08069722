-- what those pay at the end who paid at the start ÷ what they paid then
select dims[$dimension] as member, (coalesce(sum(after) filter (before is not null), 0))::double / nullif(sum(before), 0) as value
from moved($start::date, $end::date)
group by member
