-- the first stage known of records that moved on from it. One that was closed when first seen was so since its own
-- closing. Of a record without a created stamp that came after the first export, the export tells when it came.
insert into _history_stage
select
  opportunity_id,
  opened_stage,
  opened_state,
  least(
    case
      when opened_state = 'open' then coalesce(created_at, local_midnight(opened_on))
      when local_day(opened_closed_at) <= opened_on then opened_closed_at
      else local_midnight(opened_on)
    end,
    change.moment - interval 1 microsecond
  ),
  least(coalesce(local_day(created_at), not_before), opened_until),
  opened_until
from _history_last
left join (select opportunity_id, min(moment) as moment from _history_stage group by opportunity_id) as change using (opportunity_id)
where opened_on is not null
  and (change.moment is not null or (created_at is null and not_before is not null and opened_state = 'open'))
