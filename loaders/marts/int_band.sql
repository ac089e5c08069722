-- one row per band of deals by size and by days to close: from low, in the spelling of src/metrics/bands.ts; key (dimension, low)
-- sources: int_opportunity, int_opportunity_value, band_limit
with
-- Where the settings name no sizes.
quartiles as (
  select unnest(quantile_disc(amount, [0.25, 0.5, 0.75])) as value
  from int_opportunity join int_opportunity_value using (opportunity_id)
  where state <> 'open' and amount >= 1 and not exists (from band_limit where dimension = 'size_band')
),
digits as (
  select value, (10 ** (length(trunc(value)::bigint::varchar) - 1))::decimal(18, 2) as unit from quartiles
),
limits as (
  from band_limit
  union
  select 'size_band', unit * case when value >= 5 * unit then 5 when value >= 2 * unit then 2 else 1 end from digits
),
bounds as (
  select dimension, value as low, lead(value) over (partition by dimension order by value) as high from limits
  union all
  -- The lowest also holds what is below 0.
  select dimension, null, min(value) from limits group by dimension
),
spelled as (
  select
    dimension, low,
    regexp_replace(coalesce(low, 0)::varchar, '\.00$', '') as low_text,
    regexp_replace(high::varchar, '\.00$', '') as high_text
  from bounds
)
select
  dimension,
  -- Days belong to the band that ends with them, sizes to the one that begins with them.
  case when low is null then -1e15::decimal(18, 2) when dimension = 'cycle_band' then low + 1 else low end as low,
  case when dimension = 'cycle_band' and low is not null then trunc(low + 1)::bigint::varchar else low_text end
    || '-' || coalesce(high_text, '') as band
from spelled
