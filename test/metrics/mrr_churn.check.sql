-- of those who paid on the day before the period and nothing at its end
select dims[$dimension] as member, sum(before) as value
from moved($start::date, $end::date) where before is not null and after is null
group by member
