-- what is paid a month on the period's last day
select dims[$dimension] as member, sum(value) as value
from paid_day where day = $end::date - 1
group by member
