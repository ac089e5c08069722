-- tickets open at the end of the period's last day, created 3 to 7 days before
select dims[$dimension] as member, count(*) as value from open_ticket where day = $end::date - 1 and age between 3 and 7 group by member
