-- by how much those grew who paid at both ends
select dims[$dimension] as member, sum(after - before) as value
from moved($start::date, $end::date) where after > before
group by member
