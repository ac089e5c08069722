-- reads: target, crm_user, opportunity
-- after: basis, opportunities, leads
-- Goals with the days of their period, and what the same days brought in earlier years. Fiscal years begin in January here.

create temp table goal as
with spelt as (
  select t.*, upper(replace(t.period, 'FY', '')) as spelling from target t where due is null
),
dated as (
  select *, case
      when length(spelling) = 4 then make_date(spelling::int, 1, 1)
      when spelling like '%Q%' then make_date(left(spelling, 4)::int, right(spelling, 1)::int * 3 - 2, 1)
      else make_date(left(spelling, 4)::int, right(spelling, 2)::int, 1)
    end as first_day,
    case when length(spelling) = 4 then 12 when spelling like '%Q%' then 3 else 1 end as months
  from spelt
),
lasting as (
  select *, (first_day + to_months(months))::date as past_day from dated
)
select d.metric, d.level, coalesce(p.owner, d.member) as member, p.team, p.region, d.first_day, d.past_day,
  converted(d.value, d.currency, as_of()) * if(d.level = 'owner' and d.metric <> 'win_rate',
    len([day for day in generate_series(d.first_day, d.past_day - interval 1 day, interval 1 day)
      if day >= coalesce(u.hired_on, d.first_day) and day < coalesce(u.left_on, d.past_day)]) / (d.past_day - d.first_day), 1) as value
from lasting d
left join person p on d.level = 'owner' and (p.user_id = d.member or p.owner = d.member)
left join crm_user u on u.user_id = p.user_id;

create temp macro works(day) as list_contains(getvariable('working_days'), isodow(day)) and not list_contains(getvariable('holidays'), day::date);
create temp macro working_days_in(a, b) as (select count_if(works(day)) from generate_series(a, b - interval 1 day, interval 1 day) as s(day));
create temp macro won_in(a, b, dimension, of_member) as (
  select coalesce(sum(amount), 0) from checked_opportunity
  where outcome = 'won' and closed_on >= a and closed_on < b and dims[dimension] is not distinct from of_member);

-- The goal of revenue won for the shortest period that begins on the day and holds the last one.
create temp macro goals_of(a, b, dimension) as table
  select level, member, arg_min(value, past_day) as goal, min(past_day) as past_day
  from goal
  where metric = 'revenue_won' and first_day = a and past_day >= b and level = if(dimension = '(total)', 'company', dimension)
  group by level, member;

-- What part of the whole had come by the same day in earlier years.
create temp macro seasonal_of(a, b, past, dimension, of_member) as if(b = past, 1,
  (select avg(won_in(first, first + (b - a)::int, dimension, of_member) / won_in(first, whole, dimension, of_member))
   from (select (a - to_years(k::int))::date as first, (past - to_years(k::int))::date as whole from range(1, 4) as y(k))
   where won_in(first, whole, dimension, of_member) > 0
     and won_in(first, first + (b - a)::int, dimension, of_member) > 0 and won_in(first, first + (b - a)::int, dimension, of_member) <= won_in(first, whole, dimension, of_member)));
-- How much of the period counts as passed when it is carried on to its end.
create temp macro passed_of(a, b, past, dimension, of_member) as
  coalesce(seasonal_of(a, b, past, dimension, of_member), working_days_in(a, b) / working_days_in(a, past));

-- What a KPI that the targets table shows came to.
create temp macro reached_in(of_metric, a, b, dimension, of_member) as case of_metric
  when 'revenue_won' then won_in(a, b, dimension, of_member)
  when 'opportunities_won' then (select count(*) from checked_opportunity
    where outcome = 'won' and closed_on >= a and closed_on < b and dims[dimension] is not distinct from of_member)
  when 'win_rate' then (select avg(if(outcome = 'won', 1, 0)) from checked_opportunity
    where outcome <> 'open' and closed_on >= a and closed_on < b and dims[dimension] is not distinct from of_member)
  when 'new_leads' then (select count(*) from checked_lead
    where created_on >= a and created_on < b and dims[dimension] is not distinct from of_member)
  end;
