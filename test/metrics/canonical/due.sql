-- reads: opportunity, opportunity_stage_history, opportunity_field_history
-- after: opportunities, pipeline
-- What was known of an opportunity's expected close date and amount at the end of a day.

create temp table due_said as
select opportunity_id, entered_at as at, history_id, expected_close_date as due from opportunity_stage_history
  where (select count(expected_close_date) from opportunity_stage_history) > 0 and local_day(entered_at) <= as_of()
union all
select opportunity_id, changed_at, history_id, try_cast(new_value[:10] as date) from opportunity_field_history
  where field = 'expected_close_date' and local_day(changed_at) <= as_of()
union all
select opportunity_id, timestamp '0001-01-01', '', try_cast(first(old_value order by changed_at, history_id)[:10] as date)
  from opportunity_field_history where field = 'expected_close_date' and local_day(changed_at) <= as_of() group by opportunity_id
union all
select opportunity_id, coalesce(updated_at, timestamp '9999-01-01'), null, record_due from deal
  where (select count(expected_close_date) from opportunity) > 0 and coalesce(local_day(updated_at), as_of()) <= as_of();

-- From which day to which: the last word of a day counts; before the first word, what that one says.
create temp table due_from as
with word as (
  select s.opportunity_id, s.due, s.at, s.history_id, greatest(local_day(s.at), coalesce(d.created_on, as_of())) as day
  from due_said s join deal d using (opportunity_id)
),
daily as (select opportunity_id, least(day, as_of()) as day, last(due order by word.at, history_id nulls last) as due from word group by all)
select opportunity_id, due, if(row_number() over w = 1, date '0001-01-01', day) as day, coalesce(lead(day) over w, date '9999-12-31') as past
from daily window w as (partition by opportunity_id order by day);
