-- of those who paid before, not on the day before the period, and do at its end
select dims[$dimension] as member, sum(after) as value
from moved($start::date, $end::date) where before is null and after is not null and not is_born
group by member
