-- mean health of the paying customers of whom anything is known
select dims[$dimension] as member, avg(score) as value
from checked_health where on_day = $end::date - 1
group by member
