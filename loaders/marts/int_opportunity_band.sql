-- one row per opportunity that exists on $as_of, with the bands that its amount and the days it took to close lie in;
-- apart from fct_opportunity, whose wide rows would have to be sorted for it; key (opportunity_id)
-- sources: int_opportunity_value, int_band
select opportunity_id, size_band.band as size_band, cycle_band.band as cycle_band
from int_opportunity_value as converted
asof left join (from int_band where dimension = 'size_band') as size_band on converted.amount >= size_band.low
asof left join (from int_band where dimension = 'cycle_band') as cycle_band on converted.cycle_days >= cycle_band.low
