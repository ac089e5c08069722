-- tickets open at the end of the period's last day
select dims[$dimension] as member, count(*) as value from open_ticket where day = $end::date - 1 group by member
