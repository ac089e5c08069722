-- moved to a later month ÷ due
select dims[$dimension] as member, avg(slipped::int) as value from checked_due_month where due_on >= $start and due_on < $end group by member
