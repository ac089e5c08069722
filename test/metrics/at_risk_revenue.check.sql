-- what customers at risk pay a month
select dims[$dimension] as member, sum(value) as value
from checked_health where on_day = $end::date - 1 and at_risk
group by member
