-- what was renewed by the 30th day after, at most what was due ÷ value a year of the contracts due in the twelve months up to the period's end
select dims[$dimension] as member, coalesce(sum(renewed) filter (renewed_on - due_on <= 30), 0)::double / nullif(sum(annual), 0) as value
from checked_contract
where due_on >= ($end::date - interval 12 months)::date and due_on < $end and $as_of::date - due_on >= 30
group by member
