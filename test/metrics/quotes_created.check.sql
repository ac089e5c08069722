-- quotes whose latest revision was created in the period
select dims[$dimension] as member, count(*) as value from checked_quote where created_on >= $start and created_on < $end group by member
