-- of what was created in the period and not lost, the days by which half was won: by Kaplan–Meier where more than a tenth is
-- open, else the median of what was won
with seen as (
  select dims[$dimension] as member, if(outcome = 'won', cycle, as_of() - created_on) as days, outcome = 'won' as ended
  from checked_opportunity where outcome <> 'lost' and created_on >= $start and created_on < $end
),
day as (
  select member, days, count(*) filter (where ended) as ends,
    (select count(*) from seen s where s.member is not distinct from seen.member and s.days >= seen.days) as at_risk
  from seen where days is not null group by member, days
),
alive as (select member, days, exp(sum(if(ends = at_risk, -1000, ln(1 - ends / at_risk))) over (partition by member order by days)) as share from day),
counted as (
  select member, count(*) filter (where not ended) as staying, count(*) as n, median(days::double) filter (where ended) as of_ended
  from seen where days is not null group by member
)
select c.member, if(staying > 0.1 * n, min(days) filter (where share <= 0.5 + 1e-9), of_ended) as value
from alive a join counted c on a.member is not distinct from c.member group by c.member, staying, n, of_ended
