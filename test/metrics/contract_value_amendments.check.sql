-- total value of the amendments signed
select dims[$dimension] as member, sum(total) as value
from checked_contract where signed_on >= $start and signed_on < $end and what = 'amendment'
group by member
