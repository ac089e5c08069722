-- records that were deleted between two exports
insert into _history_field
select opportunity_id, 'deleted', 'false', 'true', local_midnight(until), seen, until
from _history_gone
where why = 'deleted'
