-- amounts of the orders and returns of the period that stand, less those of the period before it: as long; whole months
-- before whole months; the first days of the month or quarter before a running one; nothing where no amount is known
with span as (
  select $start::date as a, $end::date as b, day($start::date) = 1 and day($end::date) = 1 as whole, $end::date = as_of() + 1 as running,
    datediff('month', $start::date, $end::date) as months, if(month($start::date) % 3 = 1, 3, 1) as unit
),
before as (
  select a, b, case when whole then a - to_months(months) when running then a - to_months(unit) else a - (b - a)::integer end::date as c,
    case when running and not whole then least(a, (a - to_months(unit))::date + (b - a)::integer) else a end as d
  from span
)
select dims[$dimension] as member,
  case when bool_or(day >= a and day < b) then sum(constant_amount) filter (where day >= a and day < b) else 0 end
    - case when bool_or(day >= c and day < d) then sum(constant_amount) filter (where day >= c and day < d) else 0 end as value
from checked_order, before where not called_off and (day >= a and day < b or day >= c and day < d)
group by member
