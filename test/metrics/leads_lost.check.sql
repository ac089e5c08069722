-- leads given up in the period, those that came back later too
select member, count(*) as value from (
  select dims[$dimension] as member, ended_on as day from checked_lead where outcome = 'lost'
  union all
  select dims[$dimension], away_from from checked_lead where away_from is not null
) where day >= $start and day < $end
group by member
