-- of the contracts due in the twelve months up to the period's end, those renewed by the 30th day after; those not yet so long over wait
select dims[$dimension] as member, count(*) filter (renewed_on - due_on <= 30)::double / count(*) as value
from checked_contract
where due_on >= ($end::date - interval 12 months)::date and due_on < $end and $as_of::date - due_on >= 30
group by member
