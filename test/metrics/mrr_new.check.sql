-- of those who first paid in the period and still do at its end
select dims[$dimension] as member, sum(after) as value
from moved($start::date, $end::date) where before is null and after is not null and is_born
group by member
