-- people who wrote at least once in the period
select dims[$dimension] as member, count(distinct user_id) as value from crm_work where wrote and day >= $start and day < $end group by member
