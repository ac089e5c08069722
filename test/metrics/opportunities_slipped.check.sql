-- of those due, moved in the month to a later month
select dims[$dimension] as member, count(*) filter (where slipped) as value from checked_due_month where due_on >= $start and due_on < $end group by member
