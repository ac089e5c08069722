-- tickets open at the end of the period's last day, created 8 to 30 days before
select dims[$dimension] as member, count(*) as value from open_ticket where day = $end::date - 1 and age between 8 and 30 group by member
