-- tickets open at the end of the period's last day, created at most 2 days before
select dims[$dimension] as member, count(*) as value from open_ticket where day = $end::date - 1 and age <= 2 group by member
