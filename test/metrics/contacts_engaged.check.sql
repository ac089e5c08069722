-- reachable contacts with a click, a reply, a webinar, a meeting or a login in the period
select dims[$dimension] as member, count(distinct contact_id) as value
from sign_of_life where day >= $start and day < $end
group by member
