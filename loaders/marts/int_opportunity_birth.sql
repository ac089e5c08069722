-- one row per opportunity with its amount at the end of the day it was created, at the rate of that day;
-- key (opportunity_id)
-- sources: int_opportunity, int_opportunity_change, int_opportunity_dimension, fx_rate?
with
births as (
  select opportunity_id, created_date, currency, first(amount order by day) as amount
  from int_opportunity_change
  join int_opportunity using (opportunity_id)
  join int_opportunity_dimension using (opportunity_id)
  group by opportunity_id, created_date, currency
)
select
  opportunity_id,
  case when births.currency = $currency then amount else (amount * rate)::decimal(18, 2) end as created_amount
from births asof left join fx_rate on births.currency = fx_rate.currency and births.created_date >= fx_rate.date
