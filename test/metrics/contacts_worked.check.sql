-- contacts that stand with something done in the period
select dims[$dimension] as member, count(distinct contact_id) as value
from deed where day >= $start and day < $end and contact_id in (select contact_id from checked_contact)
group by member
