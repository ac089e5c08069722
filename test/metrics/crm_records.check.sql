-- accounts, contacts and opportunities known by the period's last day
select dims[$dimension] as member, count(*) as value from checked_record where coalesce(day, $as_of::date) < $end group by member
