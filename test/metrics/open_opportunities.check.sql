-- opportunities open at the end of the period's last day
select dims[$dimension] as member, count(*) as value
from checked_open where on_day = $end::date - 1
group by member
