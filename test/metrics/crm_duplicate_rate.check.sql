-- accounts and contacts like an earlier one ÷ all known by the period's last day
select dims[$dimension] as member, avg(again::integer) as value from checked_record where what <> 'opportunity' and coalesce(day, $as_of::date) < $end group by member
