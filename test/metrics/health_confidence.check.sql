-- mean share of the weight that is known
select dims[$dimension] as member, avg(confidence) as value
from checked_health where on_day = $end::date - 1
group by member
