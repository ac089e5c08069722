-- customers who paid and had not given notice on the day before the period, and had or did not at its end
select dims[$dimension] as member, count(*) as value
from noticed_day where day = $start::date - 1 and customer not in (select customer from noticed_day where day = $end::date - 1)
group by member
