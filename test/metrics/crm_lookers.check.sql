-- people who logged in during the period and never wrote in it
select member, count(*) filter (where not wrote) as value
from (select dims[$dimension] as member, user_id, bool_or(wrote) as wrote from crm_work where day >= $start and day < $end group by member, user_id) group by member
