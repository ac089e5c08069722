-- Kaplan–Meier over the purchases of the period: days to the next one, or to as-of where none has come
with seen as (
  select dims[$dimension] as member, coalesce(next_day, as_of()) - day as days, next_day is not null as back
  from checked_purchase where day >= $start and day < $end
),
ended as (select member, days, count(*) as n, sum(if(back, 1, 0)) as back from seen group by member, days),
risk as (
  select member, days, back, sum(n) over (partition by member order by days desc) as at_risk from ended
),
alive as (
  select member, days, exp(sum(if(back = at_risk, -1000, ln(1 - back / at_risk))) over (partition by member order by days)) as share from risk
)
select member, min(days) filter (where share <= 0.5 + 1e-12) as value from alive group by member
