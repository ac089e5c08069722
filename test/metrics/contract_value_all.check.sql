-- total value of all contracts signed
select dims[$dimension] as member, sum(total) as value
from checked_contract where signed_on >= $start and signed_on < $end
group by member
