-- What the table of targets shows: a row per KPI of $metrics (a list with commas) and member that has a goal; without a
-- breakdown ($dimension "(total)"), a row for every KPI. The period is [$start, $past), known up to $end. $below is the
-- level whose goals the rows' own are shared among; $first the first day with records.
with
asked as (select unnest(string_split($metrics, ',')) as metric),
aimed as (
  select metric, member, max(value) as goal from goal
  where first_day = $start::date and past_day = $past::date and level = if($dimension = '(total)', 'company', $dimension)
  group by all
),
line as (
  select asked.metric, if(asked.metric = 'win_rate', 'rate', 'grows') as kind, aimed.member, aimed.goal,
    reached_in(asked.metric, $start::date, $end::date, $dimension, aimed.member) as reached,
    working_days_in($start::date, $end::date) as passed, working_days_in($start::date, $past::date) as whole
  from asked left join aimed using (metric)
  where $dimension = '(total)' or aimed.metric is not null
),
-- The same days of the last three years, as a share of the whole.
year as (
  select line.metric, line.member,
    reached_in(line.metric, ($start::date - to_years(k::int))::date, ($start::date - to_years(k::int))::date + ($end::date - $start::date)::int, $dimension, line.member)
      / nullif(reached_in(line.metric, ($start::date - to_years(k::int))::date, ($past::date - to_years(k::int))::date, $dimension, line.member), 0) as share
  from line, range(1, 4) as y(k)
  where line.kind = 'grows' and $end::date < $past::date and ($past::date - to_years(k::int))::date > $first::date
),
season as (
  select metric, member, avg(share) as share, min(share) as least, max(share) as most, count(*) as years
  from year where share > 0 and share <= 1 group by all
),
-- The twelve periods of the same length before.
past as (
  select line.metric, line.member, max(reached_in(line.metric, ($start::date - to_months((k * date_diff('month', $start::date, $past::date))::int))::date,
    ($start::date - to_months(((k - 1) * date_diff('month', $start::date, $past::date))::int))::date, $dimension, line.member)) as best
  from line, range(1, 13) as y(k)
  where ($start::date - to_months(((k - 1) * date_diff('month', $start::date, $past::date))::int))::date > $first::date
  group by all
),
shared as (
  select line.metric, line.member, sum(goal.value) as given
  from line join goal on goal.metric = line.metric and goal.first_day = $start::date and goal.past_day = $past::date and goal.level = $below
    and case $dimension when 'team' then goal.team = line.member when 'region' then goal.region = line.member when 'owner' then false else true end
  where line.kind = 'grows'
  group by all
)
select line.metric, line.member, reached, goal, goal > past.best as beyond, reached / goal as attainment,
  if(kind = 'grows', goal * passed / whole, null) as pace,
  if(kind = 'grows', goal * season.share, null) as pace_seasonal,
  if(kind = 'grows', (reached - goal * passed / whole) / goal * whole, null) as days_ahead,
  if(kind = 'grows' and coalesce(season.share, passed / whole) >= 0.1, reached / coalesce(season.share, passed / whole), null) as landing,
  if(years > 1 and coalesce(season.share, passed / whole) >= 0.1, reached / season.most, null) as landing_low,
  if(years > 1 and coalesce(season.share, passed / whole) >= 0.1, reached / season.least, null) as landing_high,
  if(kind = 'grows' and whole > passed and goal is not null, greatest(0, goal - reached) / (whole - passed), null) as run_rate,
  goal - shared.given as unallocated,
  if(kind = 'grows', reached >= goal * passed / whole, reached >= goal) as good
from line
left join season on line.metric = season.metric and line.member is not distinct from season.member
left join past on line.metric = past.metric and line.member is not distinct from past.member
left join shared on line.metric = shared.metric and line.member is not distinct from shared.member
