-- first hour at which S ≤ 0.5; S falls by the leads contacted ÷ those still waiting; whoever was contacted too early is out
with watched as (
  select dims[$dimension] as member, contacted_at is not null as ended,
    if(contacted_at is null, (coalesce(ended_on, as_of()) - created_on) * 24, round(epoch_ms(contacted_at - born_at) / 3600000, 4)) as lasted
  from checked_lead where created_on >= $start and created_on < $end and coalesce(contacted_at >= born_at, true)
),
step as (
  select member, lasted, count(*) filter (ended) as ends,
    (select count(*) from watched x where x.member is not distinct from w.member and x.lasted >= w.lasted) as at_risk
  from watched w group by member, lasted
),
curve as (
  select s.member, s.lasted, (select product(1 - x.ends::double / x.at_risk) from step x where x.member is not distinct from s.member and x.lasted <= s.lasted) as left_over
  from step s
)
select member, min(lasted) filter (left_over <= 0.5 + 1e-9) as value from curve group by member
