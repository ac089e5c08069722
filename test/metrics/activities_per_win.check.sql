-- activities that people did in the period ÷ opportunities won in it
with done as (select dims[$dimension] as member, count(*) as deeds from deed where day >= $start and day < $end group by member),
won as (
  select dims[$dimension] as member, count(*) as wins from checked_opportunity
  where outcome = 'won' and closed_on >= $start and closed_on < $end group by member
)
select won.member, coalesce(done.deeds, 0) / won.wins as value
from won left join done on done.member is not distinct from won.member
