-- of the year up to the period's last day: days since the CRM first cost anything, each with its part of the yearly gain, less
-- what the CRM cost ÷ what it cost
with year_to_date as (select date_trunc('year', $end::date - 1)::date as a, $end::date as b),
first as (select min(day) as day from spent where scope = 'crm'),
gain as (
  select sum((getvariable('crm_gain').high / (datediff('day', make_date(year(d), 1, 1), make_date(year(d) + 1, 1, 1))))::decimal(18, 6)) as amount
  from (select unnest(generate_series(greatest(a, first.day)::timestamp, b - interval 1 day, interval 1 day))::date as d from year_to_date, first)
),
cost as (select sum(amount) as amount from spent, year_to_date where scope = 'crm' and day >= a and day < b)
select $dimension as member, (coalesce(gain.amount, 0) - cost.amount) / nullif(cost.amount, 0) as value from gain, cost where cost.amount is not null
