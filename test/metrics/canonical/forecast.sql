-- reads: opportunity, opportunity_stage_history
-- after: opportunities, pipeline, due, stages, dueMonths, stageOdds
-- What is open on as-of, due by the end of its month or not, with the share won of those that were in its stage long ago,
-- for as long as it is now, and of those that were won within the days left.

create temp table old_stay as
select s.dims['stage'] as stage, s.days, if(d.outcome = 'won', 1, 0) as won
from checked_stage s join deal d using (opportunity_id) where as_of() - s.first_day >= 180;

-- Of a stay longer than all but 29, the thirty longest tell.
create temp table old_limit as
select stage, days as longest from old_stay qualify row_number() over (partition by stage order by days desc) = 30;

create temp table checked_open_now as
with open_now as (
  select d.*, f.due, case when d.has_events then (select last(e.stage order by e.position) from event e where e.opportunity_id = d.opportunity_id)
    when d.record_state = 'open' then d.record_stage end as stage,
    (select last(s.amount order by s.at, s.history_id nulls last) from amount_said s where s.opportunity_id = d.opportunity_id and local_day(s.at) <= as_of()) as said,
    (select count(*) from amount_said s where s.opportunity_id = d.opportunity_id and local_day(s.at) <= as_of()) as times,
    (select first(s.amount order by s.at, s.history_id nulls last) from amount_said s where s.opportunity_id = d.opportunity_id) as first_said,
    (select min(lower(o.forecast_category)) from opportunity o where o.opportunity_id = d.opportunity_id) as category
  from deal d left join due_from f on f.opportunity_id = d.opportunity_id and f.past = '9999-12-31' where d.outcome = 'open'
)
select o.opportunity_id, converted(if(o.times > 0, o.said, o.first_said), o.currency, as_of()) as amount, o.category,
  round(coalesce((select avg(s.won) from old_stay s join old_limit l using (stage) where s.stage = o.stage and s.days >= least(l.longest, coalesce(
      (select max(v.days) from checked_stage v where v.opportunity_id = o.opportunity_id and v.gone is null and v.dims['stage'] = o.stage), 0))), (select avg(if(outcome = 'won', 1, 0)) from deal where as_of() - created_on >= 180)), 6) as chance,
  greatest(date_trunc('month', as_of())::date, (select min(coalesce(created_on, as_of())) from deal)) as date, dims_of(o, w) as dims,
  coalesce(o.due < date_trunc('month', as_of()) + interval 1 month, false) as is_due, d.odds
from open_now o
left join open_odds d on d.opportunity_id = o.opportunity_id and d.on_day = as_of()
left join person w on w.user_id = owner_on(o.opportunity_id, o.owner_id, as_of());

create temp table checked_expected as from checked_open_now where is_due;

-- What was won and what is expected, by the value that an expectation has.
create temp table checked_won_or_expected as
select dims, closed_on as date, 'won' as what, amount, null as category, 1 as chance from checked_opportunity where outcome = 'won'
union all
select dims, date, 'open', amount, category, chance from checked_expected;

create temp table checked_won_or_open as
select dims, closed_on as date, 'won' as what, amount, 1 as odds from checked_opportunity where outcome = 'won'
union all
select dims, date, 'open', amount, odds from checked_open_now where category is distinct from 'omitted';
