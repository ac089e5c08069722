-- customers who paid and had not given notice on the day before the period
select dims[$dimension] as member, count(*) as value
from noticed_day where day = $start::date - 1
group by member
