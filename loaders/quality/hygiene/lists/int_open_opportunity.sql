-- one opportunity that is open on $as_of, as it stands then
select
  opportunity_id as id,
  fact.owner,
  fact.team,
  fact.stage,
  fact.amount,
  fact.source,
  latest.amount as own_amount,
  latest.expected_close_date,
  latest.owner_id,
  case when standing.is_current then record.next_step end as next_step,
  standing.is_current,
  ($as_of::date - fact.created_date)::integer as age
from fct_opportunity as fact
join int_opportunity as standing using (opportunity_id)
join int_opportunity_change as latest using (opportunity_id)
join opportunity as record using (opportunity_id)
where fact.is_open and latest.next_day is null
