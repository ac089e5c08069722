-- mean of converted day − created day, of the leads converted in the period
select dims[$dimension] as member, sum(converted_on - created_on) / count(*) as value
from checked_lead where converted_on >= $start and converted_on < $end and converted_on >= created_on
group by member
