-- one row per day, team and source of what was spent to win customers, with the day on which it bears fruit: later by the
-- median sales cycle of all won opportunities; key (date, team, source, unrated_currency)
-- sources: fct_cost_day, fct_opportunity?
-- order: date, team, source
with
cycle as (
  select ceil(quantile_cont(cycle_days, 0.5))::integer as days from fct_opportunity where is_won
)
select
  date,
  (date + cycle.days)::date as lagged_date,
  team,
  source,
  sum(amount)::decimal(28, 6) as amount,
  unrated_currency
from fct_cost_day cross join cycle
where scope in ('selling', 'marketing', 'campaign')
group by all
