-- reads: opportunity, opportunity_stage_history, opportunity_field_history
-- after: opportunities, pipeline, due, dueMonths, stages, stageOdds
-- What would have been forecast for a month on its first day and half-way, from what was known at the end of that day.

create temp table replay_month as
with said as (
  select field, local_day(changed_at) as day from opportunity_field_history
  union all select 'expected_close_date', local_day(entered_at) from opportunity_stage_history where expected_close_date is not null
  union all select 'forecast_category', local_day(entered_at) from opportunity_stage_history where forecast_category is not null
),
-- Nothing is replayed before all that it rests on is recorded.
begun as (
  select min(day) filter (field = 'expected_close_date') as dates, min(day) filter (field = 'forecast_category') as categories,
    (select min(created_on) from deal) + 180 as grown
  from said where day <= as_of()
),
month as (
  select m::date as first_on, (m + interval 1 month)::date - 1 as last_on
  from generate_series(date_trunc('month', (select min(created_on) from deal)), as_of(), interval 1 month) series(m)
),
looked as (
  select *, 'start' as moment, first_on as on_day from month where last_on <= as_of()
  union all select *, 'mid', first_on + floor((last_on - first_on + 1) / 2)::int from month where last_on <= as_of()
),
worked as (
  select l.*, list_filter(generate_series(first_on, last_on, interval 1 day), lambda d: list_contains(getvariable('working_days'), isodow(d)) and not list_contains(getvariable('holidays'), d::date)) as days
  from looked l
)
select w.* exclude (days), begun.categories is not null as with_categories, len(list_filter(days, lambda d: d <= on_day)) / len(days) as passed
from worked w, begun where on_day >= dates and on_day >= grown and (categories is null or on_day >= categories);

-- How each opportunity stood at the end of each of those days.
create temp table replay_state as
with daily as (select opportunity_id, day, last(state order by position) as state, last(stage order by position) as stage from event group by all),
first as (select opportunity_id, first(stage order by position) as stage from event where state = 'open' group by all)
select m.moment, m.on_day, d.opportunity_id, d.created_on,
  coalesce(e.state, case when d.has_events then 'open' when d.closed_on <= m.on_day then d.outcome else 'open' end) as state,
  coalesce(e.stage, if(d.has_events, f.stage, null)) as stage
from (select distinct moment, on_day from replay_month) m cross join deal d
asof left join daily e on e.opportunity_id = d.opportunity_id and e.day <= m.on_day
left join first f on f.opportunity_id = d.opportunity_id;

create temp table replay_chance as
select moment, on_day, null as stage, avg(if(state = 'won', 1, 0)) as chance, count(*) as n from replay_state where created_on <= on_day - 180 group by moment, on_day
union all
select s.moment, s.on_day, v.dims['stage'], avg(if(s.state = 'won', 1, 0)), count(*)
from replay_state s join checked_stage v on v.opportunity_id = s.opportunity_id and v.first_day <= s.on_day - 180
group by s.moment, s.on_day, v.dims['stage'] having count(*) >= 30;

create temp table checked_replayed as
with known as (
  select m.*, d.*, s.stage, s.state,
    coalesce(
      (select struct_pack(v := last(a.amount order by a.at, a.history_id nulls last)) from amount_said a where a.opportunity_id = d.opportunity_id and local_day(a.at) <= m.on_day having count(*) > 0),
      (select struct_pack(v := first(a.amount order by a.at, a.history_id nulls last)) from amount_said a where a.opportunity_id = d.opportunity_id having count(*) > 0)).v as then_amount,
    lower(replace(c.said, '_', ' ')) as said_category, f.due
  from replay_month m
  join replay_state s on s.moment = m.moment and s.on_day = m.on_day and s.state <> 'lost'
  join deal d on d.opportunity_id = s.opportunity_id and d.created_on <= m.on_day and coalesce(d.closed_on, as_of()) >= m.first_on
  left join due_from f on f.opportunity_id = d.opportunity_id and f.day <= m.on_day and f.past > m.on_day
  left join held_from c on c.field = 'category' and c.opportunity_id = d.opportunity_id and c.day <= m.on_day and c.past > m.on_day
  where s.state = 'won' or f.due <= m.last_on or m.moment = 'start'
),
open_then as (
  select k.* exclude (amount), false as is_won, coalesce(k.due > k.last_on, true) as is_later, d.odds as in_period, converted(then_amount, currency, k.on_day) as amount, if(with_categories, said_category, null) as category,
    round(coalesce(c.chance, (select p.chance from replay_chance p where p.moment = k.moment and p.on_day = k.on_day and p.stage is null)), 6) as by_stage
  from known k left join replay_chance c on c.moment = k.moment and c.on_day = k.on_day and c.stage = k.stage
  left join open_odds d on d.opportunity_id = k.opportunity_id and d.on_day = k.on_day
  where k.state = 'open' and exists (from open_from o where o.opportunity_id = k.opportunity_id and o.day <= k.on_day and o.past > k.on_day)
    and not (with_categories and coalesce(said_category, '') = 'omitted')
),
won_since as (
  select *, if(has_events, (select min(e.day) from event e where e.opportunity_id = k.opportunity_id and e.position > coalesce(
      (select max(x.position) from event x where x.opportunity_id = k.opportunity_id and x.day <= k.on_day and x.state <> 'won'), 0)), closed_on) as won_on
  from known k where state = 'won'
),
closed as (
  select * exclude (amount), true as is_won, false as is_later, 1 as in_period, converted(then_amount, currency, won_on) as amount, 'closed' as category, 1 as by_stage from won_since where won_on between first_on and on_day
),
stated as (from (select * exclude (won_on) from closed) union all by name from open_then),
told as (
  select last_on as date, s.moment, if(s.is_later, 'later', 'stated') as what, s.opportunity_id, if(s.is_later, 'due later', s.category) as category, s.amount, if(s.is_later, null, s.by_stage) as by_stage, s.in_period,
    if(with_categories, coalesce(category in ('closed', 'commit'), false)::int, null) as commit,
    if(with_categories, coalesce(category in ('closed', 'commit', 'best case'), false)::int, null) as best_case,
    if(passed >= 0.1, if(is_won, 1 / passed, 0), null) as by_pace,
    map_concat(dims_of(s, w), map {'forecast_category': if(s.is_later, 'due later', s.category)}) as dims
  from stated s left join person w on w.user_id = owner_on(s.opportunity_id, s.owner_id, coalesce((select c.won_on from closed c where (c.opportunity_id, c.moment, c.on_day) = (s.opportunity_id, s.moment, s.on_day)), s.on_day))
)
select date, moment, what, amount, by_stage, in_period, commit, best_case, by_pace, dims from told
union all by name
select m.last_on as date, m.moment, 'won' as what, o.amount, map_concat(o.dims, map {'forecast_category': if(t.opportunity_id is null, 'not forecast', t.category)}) as dims
from replay_month m join checked_opportunity o on o.outcome = 'won' and o.closed_on between m.first_on and m.last_on
left join told t on t.opportunity_id = o.opportunity_id and t.date = m.last_on and t.moment = m.moment;

create temp macro replayed(weight, kind, since, until, dimension) as table
select dims[dimension] as member, sum(case weight when 'by_pace' then round(amount * by_pace, 6) when 'by_stage' then amount * by_stage when 'in_period' then amount * in_period when 'commit' then amount * commit when 'best_case' then amount * best_case else amount end) as value
from checked_replayed where (what = 'stated' or what = 'later' and weight = 'in_period') and moment = kind and date >= since and date < until group by member;

create temp macro replayed_outcome(kind, since, until, dimension) as table
select dims[dimension] as member, sum(amount) as value from checked_replayed where what = 'won' and moment = kind and date >= since and date < until group by member;

-- Nothing expected of somebody is a forecast of 0.
create temp macro replay_score(weight, kind, since, until, dimension) as table
select coalesce(f.member, a.member) as member, if(f.known is null, 0, f.value) as forecast, a.value as won
from (select *, true as known from replayed(weight, kind, since, until, dimension)) f
full join replayed_outcome(kind, since, until, dimension) a on f.member is not distinct from a.member;
