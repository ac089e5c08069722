-- what was renewed by the 30th day after, at most what was due ÷ value a year of the contracts due
select dims[$dimension] as member, coalesce(sum(renewed) filter (renewed_on - due_on <= 30), 0)::double / nullif(sum(annual), 0) as value
from checked_contract where due_on >= $start and due_on < $end and $as_of::date - due_on >= 30
group by member
