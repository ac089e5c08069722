-- customers who left or gave notice ÷ customers who paid and had not given notice on the day before the period
select dims[$dimension] as member,
  count(*) filter (customer not in (select customer from noticed_day where day = $end::date - 1))::double / count(*) as value
from noticed_day where day = $start::date - 1
group by member
