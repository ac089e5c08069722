-- mean share of filled fields of the records known by the period's last day
select dims[$dimension] as member, avg(filled) as value from checked_record where coalesce(day, $as_of::date) < $end group by member
