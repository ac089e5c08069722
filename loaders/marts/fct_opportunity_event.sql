-- one row per thing that happened to an opportunity by $as_of: it was created, entered an open stage, a quote was sent, it
-- was won or lost as it stands, an order was placed, an invoice paid; what is dated before it was created counts as of
-- then; key (entity, number)
-- sources: opportunity, int_opportunity, int_opportunity_change, int_opportunity_dimension, int_stage_event, dim_owner, dim_stage, quote?, sales_order?, int_order?, invoice?, fct_invoice?, fx_rate?
-- order: entity, number
-- record: opportunity_id
with
numbered as (
  -- Neighbours in time stand together: it packs better, and a period is a stretch of the file.
  select opportunity_id, row_number() over (order by created_date, opportunity_id)::integer as entity from int_opportunity
),
turns as (
  select opportunity_id, arg_max_null(case when changed_until is null then moment end, step) as moment
  from int_stage_event
  where is_turn
  group by opportunity_id
),
quotes as (
  select quote_id, opportunity_id, created_at, amount, coalesce(upper(currency), $currency) as currency
  from quote
  where deleted is not true and created_at is not null and lower(status) is distinct from 'draft'
),
orders as (
  select order_id, coalesce(sales_order.opportunity_id, quote.opportunity_id) as opportunity_id, int_order.order_date, int_order.amount
  from sales_order join int_order using (order_id) left join quote using (quote_id)
  where not is_cancelled and not is_return
),
happened as (
  select opportunity_id, 'opportunity_created' as event, 1 as place, created_at as moment, created_date as day
  from int_opportunity join opportunity using (opportunity_id)
  union all by name
  select opportunity_id, 'stage_entered' as event, 2 as place, stage, case when changed_until is null then moment end as moment, day, step as record
  from int_stage_event
  where is_entry and state = 'open'
  union all by name
  select
    opportunity_id, 'quote_sent' as event, 3 as place, created_at as moment, local_day(created_at) as day, amount as own_value,
    currency, true as has_value, row_number() over (order by quote_id) as record
  from quotes
  union all by name
  select
    opportunity_id, case standing.state when 'won' then 'opportunity_won' else 'opportunity_lost' end as event, 4 as place,
    case when has_stage_events then turns.moment else closed_at end as moment, standing.closed_date as day
  from int_opportunity as standing join opportunity using (opportunity_id) left join turns using (opportunity_id)
  where closed_date is not null
  union all by name
  select
    opportunity_id, 'order_placed' as event, 5 as place, order_date as day, amount as own_value, true as has_value,
    row_number() over (order by order_id) as record
  from orders
  union all by name
  select
    opportunity_id, 'invoice_paid' as event, 6 as place, paid_at as moment, local_day(paid_at) as day,
    fct_invoice.amount as own_value, true as has_value, row_number() over (order by invoice_id) as record
  from invoice join fct_invoice using (invoice_id) join orders using (order_id)
),
-- A moment that is the first of its day, or lies on another, is a date without a time.
dated as (
  select
    happened.* exclude (moment),
    entity,
    created_date,
    case when local_day(moment) = happened.day and local_day(moment - interval 1 microsecond) = happened.day then moment end as moment
  from happened join numbered using (opportunity_id) join int_opportunity using (opportunity_id)
  where happened.day <= $as_of
),
births as (
  select opportunity_id, moment as birth from dated where place = 1
),
placed as (
  select
    dated.*,
    -- Where either is known to the day only, the day decides.
    coalesce(dated.day < created_date or (dated.day = created_date and dated.moment < birth), false) as is_early,
    case when is_early then created_date else dated.day end as event_day,
    case when is_early then birth else dated.moment end as event_moment
  from dated left join births using (opportunity_id)
),
-- What happened on a day of which one time is not known has no order but that of the steps.
timed as (
  select *, case when bool_and(event_moment is not null) over (partition by opportunity_id, event_day) then event_moment end as exact
  from placed
),
described as (
  select
    timed.*,
    case when has_value then own_value else change.amount end as value_then,
    case when place < 5 then coalesce(timed.currency, dimension.currency) else $currency end as unit,
    dim_owner.owner,
    dim_owner.team,
    coalesce(own_region, dim_owner.region, account_region) as region,
    source,
    product,
    segment
  from timed
  join int_opportunity_dimension as dimension using (opportunity_id)
  left join int_opportunity_change as change
    on timed.opportunity_id = change.opportunity_id
    and greatest(event_day, created_date) >= change.day
    and greatest(event_day, created_date) < coalesce(change.next_day, date '9999-12-31')
  left join dim_owner on change.owner_id = dim_owner.user_id
)
select
  opportunity_id,
  entity,
  (row_number() over (
    partition by entity order by event_day, exact nulls first, place, coalesce(dim_stage.rank, 0), event, coalesce(record, 0)
  ))::smallint as number,
  event,
  described.stage,
  event_day as day,
  -- Seconds since 1970 in UTC; none where only the day is known.
  epoch(exact)::bigint as second,
  is_early,
  (case when unit = $currency then value_then else value_then * fx_rate.rate end)::decimal(18, 2) as value,
  case when value_then is not null and unit <> $currency and fx_rate.rate is null then unit end as unrated_currency,
  owner,
  team,
  region,
  source,
  product,
  segment
from described
asof left join fx_rate on described.unit = fx_rate.currency and described.event_day >= fx_rate.date
left join dim_stage on described.stage = dim_stage.stage
