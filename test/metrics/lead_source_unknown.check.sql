-- leads without a source ÷ leads of the period
select dims[$dimension] as member, avg((dims['source'] is null)::integer) as value
from checked_lead where created_on >= $start and created_on < $end
group by member
