-- one row per month from that of the first opportunity to that of $as_of, with the company's goal for revenue won: its
-- own, else a third of the quarter's, else a twelfth of the year's; key (date)
-- sources: fct_target, int_opportunity
-- order: date
with
bounds as (
  select min(created_date) as first_day from int_opportunity
),
months as (
  select unnest(generate_series(date_trunc('month', first_day), date_trunc('month', $as_of), interval 1 month))::date as month from bounds
),
goals as (
  select period, value from fct_target where metric = 'revenue_won' and level = 'company'
)
select
  greatest(month, first_day) as date,
  coalesce(of_month.value, of_quarter.value / 3, of_year.value / 12) as revenue_goal
from months
cross join bounds
left join goals as of_month on of_month.period = strftime(month, '%Y-%m')
left join goals as of_quarter on of_quarter.period = year(month) || '-Q' || quarter(month)
left join goals as of_year on of_year.period = year(month)::varchar
