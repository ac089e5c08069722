-- Kaplan–Meier over the purchases of the period: days to the next one, or to as-of where none has come
with gap as (
  select o.dims[$dimension] as member,
    (select min(e.day) from checked_purchase e where e.customer = p.customer and e.day > p.day) as next_day, p.day
  from checked_purchase p join checked_order o on o.order_id = (
    select min(x.order_id) from checked_order x where x.customer = p.customer and x.day = p.day and not x.called_off and not x.given_back)
  where p.day >= $start and p.day < $end
),
seen as (select member, coalesce(next_day, as_of()) - day as days, next_day is not null as back from gap),
risk as (
  select member, days, count(*) filter (where back) as back,
    (select count(*) from seen s where s.member is not distinct from seen.member and s.days >= seen.days) as at_risk
  from seen group by member, days
),
alive as (
  select member, days, exp(sum(if(back = at_risk, -1000, ln(1 - back / at_risk))) over (partition by member order by days)) as share from risk
)
select member, min(days) filter (where share <= 0.5 + 1e-12) as value from alive group by member
