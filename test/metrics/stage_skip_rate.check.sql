-- share of the stages left behind that were never entered
select dims[$dimension] as member, avg(if(skipped, 1, 0)) as value from checked_pass where passed_on >= $start and passed_on < $end group by member
