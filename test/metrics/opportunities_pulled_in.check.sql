-- of those due, moved in the month from a later month
select dims[$dimension] as member, count(*) filter (where pulled) as value from checked_due_month where due_on >= $start and due_on < $end group by member
