-- customers who pay on the period's last day
select dims[$dimension] as member, count(distinct customer) as value
from paid_day where day = $end::date - 1
group by member
