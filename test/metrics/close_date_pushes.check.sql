-- mean number of times that those due were moved to a later day in the month
select dims[$dimension] as member, avg(pushes) as value from checked_due_month where due_on >= $start and due_on < $end group by member
