-- amounts of the opportunities won from 1 January of the year in which the period's last day lies to that day
select dims[$dimension] as member, sum(amount) as value
from checked_opportunity where outcome = 'won' and closed_on < $end and year(closed_on) = year($end::date - 1)
group by member
