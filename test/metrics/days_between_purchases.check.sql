-- median of the days since the customer's purchase before, over the purchases of the period that have one
select dims[$dimension] as member, quantile_cont((day - previous_day)::double, 0.5) as value
from checked_purchase where day >= $start and day < $end and previous_day is not null
group by member
