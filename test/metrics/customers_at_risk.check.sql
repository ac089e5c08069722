-- paying customers in the red band, or due within 90 days with whom nobody was in touch for 30
select dims[$dimension] as member, count(*) as value
from checked_health where on_day = $end::date - 1 and at_risk
group by member
