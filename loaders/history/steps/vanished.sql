-- records that stand in an earlier export and not in the newest, whose number is $place
insert into _history_gone
select
  last.source,
  opportunity_id,
  file,
  case when $vanished = 'deleted' then 'deleted' when file is not null and state <> 'open' then 'kept' else 'out_of_view' end,
  seen,
  next.day
from _history_last as last
join _history_export as next on last.source = next.source and next.place = last.place + 1
where last.source = $source and last.place < $place::integer
