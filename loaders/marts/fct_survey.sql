-- one row per question that a customer was asked by $as_of, with the answer by then; key (response_id)
-- sources: survey_response, fct_ticket?, int_customer?, int_customer_dimension?, left_out?
-- custom: survey_response
-- order: answered_date, asked_date, kind
with
-- By kind and highest value: the lowest value of the scale, the highest where none is told, and what counts as a good answer.
scales as (
  from (values
    ('nps', 10, 0, 9, true),
    ('csat', 1, 0, 1, false), ('csat', 2, 1, 2, false), ('csat', 3, 1, 3, false), ('csat', 4, 1, 3, false), ('csat', 5, 1, 4, true),
    ('csat', 6, 1, 5, false), ('csat', 7, 1, 6, false), ('csat', 10, 1, 9, false), ('csat', 100, 0, 80, false),
    ('ces', 5, 1, 4, false), ('ces', 7, 1, 5, true), ('ces', 10, 1, 7, false)
  ) as scales(kind, highest, lowest, good, is_default)
),
records as (
  select
    survey_response.* replace (lower(trim(kind)) as kind),
    customer_id,
    customer,
    local_day(coalesce(sent_at, responded_at)) as asked_on,
    case when score is not null and local_day(coalesce(responded_at, sent_at)) <= $as_of then coalesce(responded_at, sent_at) end
      as answered_at
  from survey_response
  left join int_customer using (account_id)
  left join int_customer_dimension using (customer_id)
  left join left_out on table_name = 'account' and id = survey_response.account_id
  where coalesce(lower(trim(about)), '') <> 'crm'
    and left_out.id is null
    -- Deleted and test accounts have no number.
    and (int_customer.account_id is null or customer is not null)
),
judged as (
  select
    records.*,
    highest,
    lowest,
    score >= good as is_good,
    lowest + highest - score >= good as is_good_reversed,
    answered_at is not null and score between lowest and highest as is_on_scale,
    -- A customer has one voice in a wave: the latest.
    records.kind <> 'nps' or wave is null or row_number() over (
      partition by records.kind, wave, coalesce(customer_id, account_id, contact_id, response_id)
      order by answered_at desc nulls last, response_id desc
    ) = 1 as is_latest
  from records
  left join scales on records.kind = scales.kind and (scales.highest = scale_max or (scale_max is null and is_default))
),
-- Bands of the scales on which people are asked whether they would recommend: promoters from, detractors up to.
bands as (
  from (values (10, 0, 9, 6), (7, 1, 6, 4), (5, 1, 5, 3)) as bands(top, bottom, promoters, detractors)
),
dated as (
  select
    judged.*,
    case when is_on_scale then local_day(answered_at) end as answered_on,
    case when answered_at is not null and score between bottom and top then if(score >= promoters, 100, if(score <= detractors, -100, 0)) end::smallint
      as scaled_points
  from judged left join bands on kind = 'nps' and coalesce(scale_max, 10) = top
  where asked_on <= $as_of
)
select
  response_id,
  kind,
  asked_on as asked_date,
  answered_on as answered_date,
  is_on_scale and is_latest as is_counted,
  case when kind = 'nps' and is_on_scale then if(score >= 9, 100, if(score <= 6, -100, 0)) end::smallint as points,
  -- Asked from 1 to 10 there is no 0.
  case when kind = 'nps' and is_on_scale and score >= 1 then if(score >= 9, 100, if(score <= 6, -100, 0)) end::smallint as points_from_1,
  case when is_latest and scaled_points is not null then local_day(answered_at) end as scaled_date,
  scaled_points,
  case when is_good then answered_on end as good_date,
  case when is_good_reversed then answered_on end as good_reversed_date,
  -- On the scale that is usual for the kind: 1 to 5, 1 to 7.
  case when is_on_scale then 1 + (score - lowest) / (highest - lowest) * if(kind = 'ces', 6, 4) end::decimal(7, 4) as score,
  case when is_on_scale then score / highest end::decimal(7, 4) as share_of_maximum,
  fct_ticket.type,
  fct_ticket.channel,
  coalesce(dated.topic, fct_ticket.topic) as topic,
  fct_ticket.product,
  if(fct_ticket.ticket_id is null, customer.owner, fct_ticket.owner) as owner,
  if(fct_ticket.ticket_id is null, customer.team, fct_ticket.team) as team,
  coalesce(customer.region, fct_ticket.region) as region,
  coalesce(customer.source, fct_ticket.source) as source,
  coalesce(customer.segment, fct_ticket.segment) as segment
from dated
left join fct_ticket using (ticket_id)
left join int_customer_dimension as customer using (customer_id)
