-- accounts, contacts and opportunities created in the period
select dims[$dimension] as member, count(*) as value from checked_record where day >= $start and day < $end group by member
