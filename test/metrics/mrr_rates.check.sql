-- what rates make of those who paid at both ends
select dims[$dimension] as member, sum(closing - after) as value
from moved($start::date, $end::date) where before is not null and closing is not null
group by member
