-- customers who paid on the day before the period or the one before that
select dims[$dimension] as member, count(*) as value from lingering_day where day = $start::date - 1 group by member
