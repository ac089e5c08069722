-- reachable contacts with a sign of life in the period ÷ reachable contacts known by its last day
select dims[$dimension] as member,
  count(*) filter (contact_id in (select contact_id from sign_of_life where day >= $start and day < $end))::double / count(*) as value
from known_contact where known_on < $end
group by member
