-- customers gone at the end, a day later than they ceased to pay ÷ those there on the day before the period
select dims[$dimension] as member,
  count(*) filter (customer not in (select customer from lingering_day where day = $end::date - 1))::double / count(*) as value
from lingering_day where day = $start::date - 1
group by member
