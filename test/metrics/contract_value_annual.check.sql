-- value a year of the new contracts signed
select dims[$dimension] as member, sum(annual) as value
from checked_contract where signed_on >= $start and signed_on < $end and what not in ('renewal', 'amendment')
group by member
