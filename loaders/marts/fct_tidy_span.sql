-- one row per opportunity and span of days [valid_from, valid_to) while open with an owner, an amount, a next step and a
-- close date that has not passed; key (opportunity_id, valid_from)
-- sources: fct_opportunity_span, opportunity
-- custom: opportunity, account
-- order: valid_from, valid_to, owner
select
  span.opportunity_id,
  span.account_id,
  valid_from,
  least(valid_to, span.expected_close_date + 1)::date as valid_to,
  is_undated,
  owner,
  team,
  span.region,
  span.source,
  product,
  span.segment
from fct_opportunity_span as span join opportunity using (opportunity_id)
where owner is not null
  and (span.amount <> 0 or unrated_currency is not null)
  and nullif(trim(next_step), '') is not null
  and valid_from < least(valid_to, span.expected_close_date + 1)
  and span.expected_close_date is not null
