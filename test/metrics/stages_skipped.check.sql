-- stages left behind without having been in them
select dims[$dimension] as member, count(*) as value from checked_pass where skipped and passed_on >= $start and passed_on < $end group by member
