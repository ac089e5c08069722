-- contacts that may be written to, known by the period's last day
select dims[$dimension] as member, count(*) as value
from known_contact where known_on < $end
group by member
