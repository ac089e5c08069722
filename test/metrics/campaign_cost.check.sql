-- what the days of the period bear of the campaign costs; nothing where no amount is known
select dims[$dimension] as member, sum(amount) as value
from checked_campaign_day where day >= $start and day < $end
group by member
