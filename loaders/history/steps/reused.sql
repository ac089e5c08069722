-- ids that have gone to another record: it was created after the one that had the id was last seen
insert into _history_gone
select last.source, opportunity_id, last.file, 'reused', last.seen, $day::date
from _history_now as present join _history_last as last using (opportunity_id)
where present.is_valid and present.created_at > last.created_at and local_day(present.created_at) > last.seen
