-- revenue won ÷ owners with work on at least ten working days of the period; nothing where something was won and no
-- amount is known
with won as (
  select dims[$dimension] as member, sum(amount)::double as amount, count(*) as wins
  from checked_opportunity where outcome = 'won' and closed_on >= $start and closed_on < $end group by member
),
days as (
  select dims[$dimension] as member, owner, count(distinct day) as days
  from checked_work
  where day >= $start and day < $end and list_contains(getvariable('working_days'), isodow(day)) and not list_contains(getvariable('holidays'), day)
  group by member, owner
),
owners as (select member, count(*) as owners from days where days >= 10 group by member)
select owners.member, if(won.wins > 0, won.amount, 0) / owners.owners as value
from owners left join won on won.member is not distinct from owners.member
