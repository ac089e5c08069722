-- meetings that people did in the period ÷ its working days up to as-of
with working as (
  select count(*) as days from unnest(generate_series($start::timestamp, least($end::date - 1, as_of())::timestamp, interval 1 day)) as t(d)
  where list_contains(getvariable('working_days'), isodow(d)) and not list_contains(getvariable('holidays'), d::date)
)
select dims[$dimension] as member, count(*) filter (type = 'meeting') / nullif((select days from working), 0) as value
from deed where day >= $start and day < $end
group by member
