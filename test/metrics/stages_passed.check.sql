-- stages left behind, by the day an opportunity first stood in a later one
select dims[$dimension] as member, count(*) as value from checked_pass where passed_on >= $start and passed_on < $end group by member
