-- leads there by the end of the period's last day and neither closed nor given up then; undated ones on as-of
select dims[$dimension] as member, count(*) as value
from checked_lead
where coalesce(created_on, as_of()) < $end and if(outcome = 'open', true, created_on is not null and ended_on >= $end)
  and not coalesce(away_from < $end and away_to >= $end, false)
group by member
