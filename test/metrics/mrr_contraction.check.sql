-- by how much those shrank who paid at both ends
select dims[$dimension] as member, sum(before - after) as value
from moved($start::date, $end::date) where after < before
group by member
