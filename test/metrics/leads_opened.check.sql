-- leads created in the period, but for those closed on a day that nobody knows
select dims[$dimension] as member, count(*) as value
from checked_lead where created_on >= $start and created_on < $end and (outcome = 'open' or ended_on is not null)
group by member
