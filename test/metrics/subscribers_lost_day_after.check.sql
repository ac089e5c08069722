-- of them, those who were not there any more at the end, a day later than they ceased to pay
select dims[$dimension] as member, count(*) as value
from lingering_day where day = $start::date - 1 and customer not in (select customer from lingering_day where day = $end::date - 1)
group by member
