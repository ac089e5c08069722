-- days with writing, all people together, those of part-timers divided by their share of full time ÷ (people who wrote × working days of the period up to as-of)
with working as (
  select count(*) as days from (select unnest(generate_series($start::timestamp, least($end::date - 1, $as_of::date)::timestamp, interval 1 day))::date as day)
  where list_contains(getvariable('working_days'), isodow(day)) and not list_contains(getvariable('holidays'), day)
)
select dims[$dimension] as member, sum(round(1 / part, 6)) / (count(distinct user_id) * any_value(working.days)) as value
from (select distinct user_id, day, part, dims from crm_work where wrote and day >= $start and day < $end), working group by member
