-- reads: opportunity, opportunity_stage_history
-- after: opportunities, pipeline, due, dueMonths
-- How often an opportunity that had been in a stage for so many days was won within so many days more, day by day.

-- Days on which a month is looked at, and how many days of it are left after them.
create temp table look as
with month as (
  select m::date as first_on, (m + interval 1 month)::date - 1 as last_on
  from generate_series(date_trunc('month', (select min(created_on) from deal)), as_of(), interval 1 month) series(m)
),
looked as (
  select first_on as on_day, last_on from month where last_on <= as_of()
  union select first_on + floor((last_on - first_on + 1) / 2)::int, last_on from month where last_on <= as_of()
  union select as_of(), (date_trunc('month', as_of()) + interval 1 month)::date - 1
)
select on_day, (last_on - on_day)::int as days_left from looked;

-- Every day at whose end an opportunity was open, and for how many days it had been in the stage where it then was.
create temp table open_day as
with each_day as (
  select o.opportunity_id, d.created_on is null as undated, d.has_events,
    unnest(generate_series(o.day, least(o.past - 1, as_of()), interval 1 day))::date as day
  from open_from o join deal d using (opportunity_id)
),
daily as (select opportunity_id, day, last(stage order by position) as stage from event group by all),
first as (select opportunity_id, first(stage order by position) as stage from event group by all),
placed as (
  select e.opportunity_id, e.undated, e.day, if(e.has_events, coalesce(s.stage, f.stage), null) as stage
  from each_day e asof left join daily s on s.opportunity_id = e.opportunity_id and s.day <= e.day
  left join first f on f.opportunity_id = e.opportunity_id
)
select *, (row_number() over (partition by opportunity_id, stage order by day) - 1)::int as age from placed;

-- Whether it stood as won so many days later.
create temp table watched as
with daily as (select opportunity_id, day, last(state order by position) as state from event group by all)
select o.opportunity_id, o.day, o.stage, o.age, l.days_left,
  coalesce(e.state, if(d.has_events or d.closed_on is null or d.closed_on > o.day + l.days_left, 'open', d.outcome)) = 'won' as won
from open_day o cross join (select distinct days_left from look) l join deal d using (opportunity_id)
asof left join daily e on e.opportunity_id = o.opportunity_id and e.day <= o.day + l.days_left
where not o.undated and o.day + l.days_left <= as_of();

create temp table odds as
select l.on_day, w.stage, w.age, avg(w.won::int) as odds
from look l join watched w on w.days_left = l.days_left and w.day + w.days_left <= l.on_day
where w.stage is not null group by all having count(*) >= 30;

create temp table all_odds as
select l.on_day, avg(w.won::int) as odds from look l join watched w on w.days_left = l.days_left and w.day + w.days_left <= l.on_day group by all;

create temp table open_odds as
select o.opportunity_id, o.day as on_day, round(coalesce(s.odds, a.odds), 6) as odds
from open_day o semi join look l on l.on_day = o.day
asof left join odds s on s.on_day = o.day and s.stage = o.stage and s.age <= o.age
left join all_odds a on a.on_day = o.day;
