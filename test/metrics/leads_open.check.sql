-- leads there by the end of the period's last day and not closed by then; undated ones on as-of
select dims[$dimension] as member, count(*) as value
from checked_lead
where coalesce(created_on, as_of()) < $end and if(outcome = 'open', true, created_on is not null and ended_on >= $end)
group by member
