-- first day on which S ≤ 0.5; S falls by the converted ÷ those still watched; lost leads are watched until then
with watched as (
  select dims[$dimension] as member, outcome = 'won' as ended,
    case outcome when 'won' then if(converted_on >= created_on, converted_on - created_on, null) when 'lost' then ended_on - created_on else as_of() - created_on end as lasted
  from checked_lead where created_on >= $start and created_on < $end
    and case outcome when 'won' then converted_on >= created_on when 'lost' then ended_on is not null else true end
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
