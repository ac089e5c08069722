-- open opportunities × win rate × mean amount won ÷ median days to win, the last three over the 90 days that end with the period
with closed as (
  select *, dims[$dimension] as member from checked_opportunity where outcome <> 'open' and closed_on < $end and closed_on >= $end::date - 90
),
speed as (
  select member, avg(if(outcome = 'won', 1, 0)) as wins, avg(amount) filter (where outcome = 'won' and amount <> 0) as size,
    median(cycle::double) filter (where outcome = 'won') as days
  from closed group by member
),
stock as (select dims[$dimension] as member, count(*) as n from checked_open where on_day = $end::date - 1 group by member)
select s.member, if(s.days = 0, null, coalesce(k.n, 0) * s.wins * s.size / s.days) as value
from speed s left join stock k on k.member is not distinct from s.member
