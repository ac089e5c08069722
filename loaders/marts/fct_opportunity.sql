-- one row per opportunity that exists on $as_of, as it stands then; key (opportunity_id)
-- sources: int_opportunity, int_opportunity_standing, int_opportunity_birth, int_opportunity_dimension, int_opportunity_value, int_opportunity_band, int_opportunity_touch?, int_opportunity_contact?
-- custom: opportunity, account
-- order: created_date, closed_date, owner
select
  opportunity_id,
  dimension.account_id,
  standing.created_date,
  standing.closed_date,
  case when standing.state = 'won' then standing.closed_date end as won_date,
  -- Open, though it should have been closed by then.
  case when standing.state = 'open' and expected_close_date < $as_of then expected_close_date end as overdue_date,
  standing.state,
  standing.state = 'won' as is_won,
  standing.state = 'lost' as is_lost,
  standing.state = 'open' as is_open,
  latest.stage,
  converted.amount,
  converted.constant_amount,
  created_amount,
  converted.amount is not null as has_amount,
  converted.unrated_currency,
  latest.probability,
  converted.cycle_days,
  case when standing.state = 'open' then $as_of::date - standing.created_date else converted.cycle_days end::integer as cycle_so_far,
  case when closed_date >= first_contact_date then closed_date - first_contact_date end::integer as contact_cycle_days,
  coalesce(touches, 0) as touches,
  latest.owner,
  latest.team,
  coalesce(dimension.own_region, latest.region, dimension.account_region) as region,
  dimension.source,
  dimension.product,
  dimension.segment,
  latest.reason,
  latest.lost_stage,
  latest.competitor,
  size_band,
  cycle_band
from int_opportunity as standing
join int_opportunity_standing as latest using (opportunity_id)
join int_opportunity_value as converted using (opportunity_id)
join int_opportunity_band using (opportunity_id)
join int_opportunity_dimension as dimension using (opportunity_id)
left join int_opportunity_birth using (opportunity_id)
left join int_opportunity_contact using (opportunity_id)
left join int_opportunity_touch using (opportunity_id)
