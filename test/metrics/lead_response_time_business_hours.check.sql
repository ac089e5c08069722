-- first hour of work at which S ≤ 0.5; S falls by the leads contacted ÷ those still waiting; whoever was contacted too early is out
with watched as (
  select dims[$dimension] as member, ended, hours as lasted from lead_waiting where created_on >= $start and created_on < $end
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
