-- paying customers in the green band
select dims[$dimension] as member, count(*) as value
from checked_health where on_day = $end::date - 1 and band = 'green'
group by member
