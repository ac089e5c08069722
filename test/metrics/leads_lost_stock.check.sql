-- leads that stand given up by the end of the period's last day; those without a day on as-of
select dims[$dimension] as member, count(*) as value
from checked_lead where outcome = 'lost' and coalesce(ended_on, as_of()) < $end or away_from < $end and away_to >= $end
group by member
