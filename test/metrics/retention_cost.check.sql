-- retention cost ÷ customers who paid at both ends of the period
select null as member, (select sum(amount) from retention_day where day >= $start and day < $end)::double
  / nullif(count(*) filter (before is not null and after is not null), 0) as value
from moved($start::date, $end::date)
