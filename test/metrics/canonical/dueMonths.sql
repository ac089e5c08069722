-- reads: opportunity, opportunity_stage_history, target
-- after: opportunities, pipeline, due
-- Opportunities by the month that they were expected to close in.

-- Days on whose end an opportunity was open.
create temp table open_from as
with daily as (select opportunity_id, day, last(state order by position) as state from event group by all),
told as (
  select opportunity_id, state, if(row_number() over w = 1, date '0001-01-01', day) as day, coalesce(lead(day) over w, date '9999-12-31') as past
  from daily window w as (partition by opportunity_id order by day)
),
bits as (
  select t.opportunity_id, greatest(t.day, coalesce(d.created_on, as_of())) as day, t.past from told t join deal d using (opportunity_id)
  where t.state = 'open' and (d.created_on is not null or d.outcome = 'open')
  union all
  select opportunity_id, coalesce(created_on, as_of()), if(outcome = 'open', date '9999-12-31', closed_on) from deal
  where not has_events and (created_on is not null or outcome = 'open')
),
-- Spans that touch are one.
marked as (select *, day > coalesce(max(past) over (partition by opportunity_id order by day rows between unbounded preceding and 1 preceding), date '0001-01-01') as fresh from bits where day < past),
numbered as (select *, sum(fresh::int) over (partition by opportunity_id order by day) as part from marked)
select opportunity_id, min(day) as day, max(past) as past from numbered group by opportunity_id, part;

create temp table month_open as
select d.opportunity_id, d.due, date_trunc('month', d.due)::date as month, greatest(d.day, o.day) as day, least(d.past, o.past) as past, o.day as opened, o.past as shut
from due_from d join open_from o on o.opportunity_id = d.opportunity_id and d.day < o.past and o.day < d.past
where d.due is not null;

create temp table checked_due_month as
with held as (
  select opportunity_id, month, arg_max({'due': due, 'day': day, 'past': least(past, month + interval 1 month)::date}, day) as best
  from month_open where day < month + interval 1 month and past > month group by all
),
move as (
  select d.opportunity_id, d.day, d.due as after, e.due as before
  from due_from d join due_from e on e.opportunity_id = d.opportunity_id and e.past = d.day
  join open_from o on o.opportunity_id = d.opportunity_id and o.day < d.day and o.past > d.day
  where d.due <> e.due
),
turn as (
  select h.opportunity_id, h.month, h.best.due as due, (select min(o.day) from open_from o where o.opportunity_id = h.opportunity_id) as day, h.best.past as past from held h
)
select t.opportunity_id, greatest(t.due, t.day) as due_on,
  (select count(*) from move m where m.opportunity_id = t.opportunity_id and date_trunc('month', m.day) = t.month and date_trunc('month', m.before) = t.month and m.after > m.before) as pushes,
  exists (select 1 from move m where m.opportunity_id = t.opportunity_id and date_trunc('month', m.day) = t.month and date_trunc('month', m.before) = t.month and date_trunc('month', m.after) > t.month) as slipped,
  exists (select 1 from move m where m.opportunity_id = t.opportunity_id and date_trunc('month', m.day) = t.month and date_trunc('month', m.after) = t.month and date_trunc('month', m.before) > t.month) as pulled,
  dims_of(d, w) as dims
from turn t join deal d using (opportunity_id)
left join person w on w.user_id = owner_on(d.opportunity_id, d.owner_id, least(as_of(), t.past - 1))
where greatest(t.due, t.day) <= as_of();

-- What was due in a month, on the day before it began and on its last day or as-of, at the rate of as-of.
create temp table checked_pipeline_due as
with looked as (
  select *, 'start' as moment, month - 1 as census from month_open
  union all
  select *, 'end', least((month + interval 1 month)::date - 1, as_of()) from month_open
),
held as (select * from looked where day <= census and census < past and month <= as_of())
select h.month, h.moment, converted(coalesce(
    (select struct_pack(v := last(s.amount order by s.at, s.history_id nulls last)) from amount_said s where s.opportunity_id = h.opportunity_id and local_day(s.at) <= h.census having count(*) > 0),
    (select struct_pack(v := first(s.amount order by s.at, s.history_id nulls last)) from amount_said s where s.opportunity_id = h.opportunity_id having count(*) > 0)).v, d.currency, as_of()) as amount,
  greatest(h.month, (select min(coalesce(created_on, as_of())) from deal)) as date, dims_of(d, w) as dims
from held h join deal d using (opportunity_id)
left join person w on w.user_id = owner_on(d.opportunity_id, d.owner_id, h.census);

create temp table checked_month as
with month as (select unnest(generate_series(date_trunc('month', (select min(created_on) from deal)), date_trunc('month', as_of()), interval 1 month))::date as month),
goal as (select period, converted(value, currency, as_of()) as value from target where metric = 'revenue_won' and level = 'company')
select greatest(month, (select min(created_on) from deal)) as date, coalesce(
  (select value from goal where period = strftime(month, '%Y-%m')), (select value / 3 from goal where period = strftime(month, '%Y-Q') || quarter(month)),
  (select value / 12 from goal where period = strftime(month, '%Y'))) as goal
from month;
