-- reads: opportunity, opportunity_stage_history, opportunity_field_history
-- after: opportunities, pipeline, due, dueMonths
-- How an opportunity stood at the end of each day: open, won or lost, due when, worth what, whose.

create temp table pipeline_at as
with dated as (select * from deal where created_on is not null),
edge as (
  select opportunity_id, created_on as day from dated
  union select opportunity_id, day from open_from union select opportunity_id, past from open_from
  union select opportunity_id, day from due_from
  union select opportunity_id, day from event
  union select opportunity_id, least(local_day(s.at), as_of()) from amount_said s
  union select opportunity_id, day from owner_change
  union select opportunity_id, closed_on from dated where closed_on is not null
),
bit as (
  select d.*, greatest(e.day, d.created_on) as day from edge e join dated d using (opportunity_id) where e.day <= as_of()
),
span as (
  select *, coalesce(lead(day) over (partition by opportunity_id order by day), date '9999-12-31') as past from (select distinct on (opportunity_id, day) * from bit)
),
stood as (
  select s.*, o.day is not null as is_open,
    case when o.day is not null then 'open' when s.has_events then coalesce(
        (select last(e.state order by e.position) from event e where e.opportunity_id = s.opportunity_id and e.day <= s.day),
        (select first(e.state order by e.position) from event e where e.opportunity_id = s.opportunity_id))
      else s.outcome end as state,
    (select min(n.day) from open_from n where n.opportunity_id = s.opportunity_id and n.day > s.day) as opens_again
  from span s left join open_from o on o.opportunity_id = s.opportunity_id and o.day <= s.day and o.past > s.day
),
-- A closed one is due on the first day of its state.
otherwise as (
  select *, coalesce((select max(x.day) from stood x where x.opportunity_id = t.opportunity_id and x.day < t.day and x.state <> t.state), date '0001-01-01') as other_day
  from stood t
),
settled as (
  select *, case when is_open then day
    when has_events then (select min(e.day) from stood e where e.opportunity_id = t.opportunity_id and e.day > t.other_day)
    else closed_on end as since
  from otherwise t
)
select s.opportunity_id, s.created_on, s.day, s.past, s.state,
  if(s.is_open, (select f.due from due_from f where f.opportunity_id = s.opportunity_id and f.day <= s.day and f.past > s.day), s.since) as due,
  coalesce(converted(coalesce(
    (select struct_pack(v := last(a.amount order by a.at, a.history_id nulls last)) from amount_said a where a.opportunity_id = s.opportunity_id
      and least(local_day(a.at), as_of()) < if(s.is_open, s.day + 1, coalesce(s.opens_again, date '9999-12-31')) having count(*) > 0),
    (select struct_pack(v := first(a.amount order by a.at, a.history_id nulls last)) from amount_said a where a.opportunity_id = s.opportunity_id having count(*) > 0)).v, s.currency, as_of()), 0) as amount,
  dims_of(s, w) as dims
from settled s left join person w on w.user_id = owner_on(s.opportunity_id, s.owner_id, s.since);

-- What was open on the day before a, what stood on the day before b; due from a on and before c.
create temp macro pipeline_moved(a, b, c) as table
with one as (select * from pipeline_at where day < a and past >= a and state = 'open'),
two as (select * from pipeline_at where day < b and past >= b and due >= a and due < c)
select coalesce(one.created_on, two.created_on) as created_on, one.opportunity_id is not null as was_open,
  coalesce(one.due >= a and one.due < c, false) as was_due, two.opportunity_id is not null as is_due, two.state,
  one.dims as dims_before, two.dims as dims_after, one.amount as before, two.amount as after
from one full join two using (opportunity_id);
