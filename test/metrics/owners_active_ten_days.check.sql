-- owners with work on at least ten working days of the period
with days as (
  select dims[$dimension] as member, owner, count(distinct day) as days
  from checked_work
  where day >= $start and day < $end and list_contains(getvariable('working_days'), isodow(day)) and not list_contains(getvariable('holidays'), day)
  group by member, owner
)
select member, count(*) as value from days where days >= 10 group by member
