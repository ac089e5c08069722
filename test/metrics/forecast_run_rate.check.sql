-- revenue won in the period ÷ the share of its working days up to as-of; nothing before a tenth of them
with day as (
  select unnest(generate_series($start::date, if($past::date > date '9000-01-01', $end::date, $past::date) - 1, interval 1 day))::date as day
),
share as (
  select count(*) filter (day < $end::date) / nullif(count(*), 0) as passed from day
  where list_contains(getvariable('working_days'), isodow(day)) and not list_contains(getvariable('holidays'), day)
),
elapsed as (select if(passed >= 0.1, passed, if($end::date < $past::date and $past::date < date '9000-01-01', null, 1)) as share from share),
won as (
  select dims[$dimension] as member, sum(amount) as value from checked_opportunity
  where outcome = 'won' and closed_on >= $start::date and closed_on < $end::date group by member
)
select member, value / share as value from won, elapsed
