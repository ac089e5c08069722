-- amendments by the day they were signed
select dims[$dimension] as member, count(*) as value
from checked_contract where signed_on >= $start and signed_on < $end and what = 'amendment'
group by member
