-- reads: forecast, crm_user
-- after: opportunities
-- Forecasts as they were stated when a period that is over began, or was half over, and what was won in it.

create temp table forecast_period as
with length as (
  select distinct period, if(period[6:6] = 'Q', 3, if(length(period) > 4, 1, 12)) as months,
    coalesce(try_strptime(period, '%Y-%m')::date, if(period[6:6] = 'Q', make_date(period[1:4]::int, 3 * period[7:7]::int - 2, 1), make_date(period[1:4]::int, 1, 1))) as first_on
  from forecast
), whole as (select *, (first_on + to_months(months::int))::date - 1 as last_on from length where (first_on + to_months(months::int))::date - 1 <= as_of()),
ruled as (select * from whole w where (select count(*) from whole x where x.months < w.months and x.first_on between w.first_on and w.last_on) = 0)
select period, first_on, last_on, 'start' as moment, first_on as on_day from ruled
union all select period, first_on, last_on, 'mid', first_on + floor((last_on - first_on + 1) / 2)::int from ruled;

create temp table forecast_said as
with heard as (
  select p.*, f.level, f.owner_id, f.team, lower(replace(coalesce(f.category, 'commit'), '_', ' ')) as category,
    arg_max({'amount': f.amount, 'currency': f.currency, 'stated_on': f.stated_on}, f.stated_on) as last
  from forecast_period p join forecast f on f.period = p.period and f.stated_on <= p.on_day and f.stated_on <= as_of()
  group by all
)
select h.period, h.first_on, h.last_on, h.moment, h.level, h.category, h.owner_id, converted(h.last.amount, h.last.currency, h.last.stated_on) as amount,
  if(h.level = 'owner', w.owner, null) as owner, if(h.level = 'owner', w.team, h.team) as team, if(h.level = 'owner', w.region, null) as region
from heard h left join person w on w.user_id = h.owner_id
where h.category in ('commit', 'best case');

-- What was said, each owner's apart; of a team, and of the company, only what they said beyond that.
create temp table checked_stated as
with team_rest as (
  select t.*, t.amount - coalesce((select sum(o.amount) from forecast_said o where o.level = 'owner' and (o.period, o.moment, o.category, o.team) = (t.period, t.moment, t.category, t.team)), 0) as rest
  from forecast_said t where t.level = 'team'
), told as (
  select * exclude (amount), amount as rest from forecast_said where level = 'owner'
  union all by name
  select * exclude (amount) from team_rest
), company as (
  select c.* exclude (amount, team), null as team, c.amount - coalesce((select sum(t.rest) from told t where (t.period, t.moment, t.category) = (c.period, c.moment, c.category)), 0) as rest
  from forecast_said c where c.level = 'company'
)
select last_on as date, moment, category, map {'owner': owner, 'team': team, 'region': region} as dims, rest as amount
from (from told union all by name from company) where level = 'owner' or rest <> 0;

create temp table checked_outcome as
select s.last_on as date, s.moment, s.category, o.dims, o.amount
from (select distinct period, first_on, last_on, moment, category from forecast_said where amount is not null) s
join checked_opportunity o on o.outcome = 'won' and o.closed_on between s.first_on and s.last_on
where exists (from forecast_said x where x.amount is not null and (x.period, x.moment, x.category) = (s.period, s.moment, s.category)
  and (x.level = 'company' or (x.level = 'team' and x.team = o.dims['team']) or (x.level = 'owner' and x.owner = o.dims['owner'])));
