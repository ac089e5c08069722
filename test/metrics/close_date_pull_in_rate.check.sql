-- moved in from a later month ÷ due
select dims[$dimension] as member, avg(pulled::int) as value from checked_due_month where due_on >= $start and due_on < $end group by member
