-- of the customers lost, those whose last subscription was not paid
select dims[$dimension] as member, count(*) as value
from moved($start::date, $end::date) where before is not null and after is null and unpaid
group by member
