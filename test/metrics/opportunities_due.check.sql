-- opportunities open in a month with an expected close date of that month
select dims[$dimension] as member, count(*) as value from checked_due_month where due_on >= $start and due_on < $end group by member
