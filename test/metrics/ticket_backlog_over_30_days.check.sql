-- tickets open at the end of the period's last day, created more than 30 days before
select dims[$dimension] as member, count(*) as value from open_ticket where day = $end::date - 1 and age > 30 group by member
