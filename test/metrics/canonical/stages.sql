-- reads: opportunity_stage_history
-- after: opportunities
-- How long opportunities that exist were in each open stage, visits added up.

create temp table checked_stage as
with entry as (
  select e.opportunity_id, e.stage, e.state, e.day,
    (select arg_max(b.stage, b.position) from event b where b.opportunity_id = e.opportunity_id and b.position < e.position) as before,
    (select min(l.day) from event l where l.opportunity_id = e.opportunity_id and l.position = (
      select min(x.position) from event x where x.opportunity_id = e.opportunity_id and x.position > e.position and x.stage <> e.stage)) as gone
  from event e
),
stay as (
  select opportunity_id, stage, min(day) as first_day, sum(coalesce(gone, as_of()) - day) as days, count(*) as visits,
    count(*) filter (where (select min(rank) from stage_map m where m.stage = entry.stage) < (select min(rank) from stage_map m where m.stage = entry.before)) as back,
    max(coalesce(gone, date '9999-12-31')) as last_day
  from entry where state = 'open' and before is distinct from stage group by opportunity_id, stage
)
select s.opportunity_id, s.first_day, s.days, s.visits, s.back, if(s.last_day = '9999-12-31', null, s.last_day) as gone,
  map_concat(dims_of(d, w), map {'stage': s.stage}) as dims
from stay s join deal d using (opportunity_id)
left join person w on w.user_id = owner_on(d.opportunity_id, d.owner_id, greatest(s.first_day, d.created_on));

-- Of the stays that began in a period, the days by which all but one in so many had ended: by Kaplan–Meier where more than a
-- tenth has not, else the quantile of those that have.
create temp macro stayed(since, until, dimension, q) as table
with seen as (select dims[dimension] as member, days, gone is not null as ended from checked_stage where first_day >= since and first_day < until),
risk as (
  select member, days, count(*) filter (where ended) as ends,
    (select count(*) from seen s where s.member is not distinct from seen.member and s.days >= seen.days) as at_risk
  from seen group by member, days
),
alive as (
  select member, days, exp(sum(if(ends = at_risk, -1000, ln(1 - ends / at_risk))) over (partition by member order by days)) as share from risk
),
counted as (
  select member, count(*) filter (where not ended) as staying, count(*) as n, quantile_cont(days::double, q) filter (where ended) as of_ended from seen group by member
)
select c.member, if(staying > 0.1 * n, min(days) filter (where share <= 1 - q + 1e-9), of_ended) as value
from alive a join counted c on a.member is not distinct from c.member group by c.member, staying, n, of_ended;

-- Open stages that an opportunity left behind: it was in that one or an earlier one, and in a later one.
create temp table checked_pass as
with place as (select stage, min(rank) as rank from stage_map where state = 'open' group by stage),
stood as (select e.opportunity_id, e.stage, e.day, p.rank from event e join place p using (stage) where e.state = 'open'),
left_behind as (
  select s.opportunity_id, p.stage, min(s.day) as passed_on
  from stood s join place p on s.rank > p.rank
  where p.rank >= (select min(x.rank) from stood x where x.opportunity_id = s.opportunity_id)
  group by s.opportunity_id, p.stage
)
select l.opportunity_id, l.passed_on, c.first_day is null as skipped, map_concat(dims_of(d, w), map {'stage': l.stage}) as dims
from left_behind l join deal d using (opportunity_id)
left join checked_stage c on c.opportunity_id = l.opportunity_id and c.dims['stage'] = l.stage
left join person w on w.user_id = owner_on(d.opportunity_id, d.owner_id, greatest(coalesce(c.first_day, l.passed_on), d.created_on));
