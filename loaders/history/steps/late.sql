-- records that stand in no earlier export, although they were created before the last one
insert into _history_late
select $source, opportunity_id, local_day(created_at), $day::date
from _history_now as present anti join _history_last using (opportunity_id)
where present.is_valid and local_day(created_at) < $before::date
