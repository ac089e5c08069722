-- reads: opportunity, opportunity_stage_history, opportunity_field_history, opportunity_line, account, campaign, product, lead
-- after: basis
-- Opportunities with the dimensions and amounts that held on a day.

create temp table event as
select h.*, local_day(h.entered_at) as day,
  row_number() over (partition by opportunity_id order by entered_at, m.rank nulls first, history_id) as position
from opportunity_stage_history h left join stage_map m using (stage)
where local_day(h.entered_at) <= as_of();

-- The state of an opportunity is that of its last event; it has stood since the first event after the last other state.
create temp table standing as
select o.opportunity_id, last_event.state,
  (select min(e.day) from event e where e.opportunity_id = o.opportunity_id and e.position > coalesce(
    (select max(x.position) from event x where x.opportunity_id = o.opportunity_id and x.state <> last_event.state), 0)) as since,
  (select min(e.day) from event e where e.opportunity_id = o.opportunity_id) as first_day
from opportunity o join (select opportunity_id, arg_max(state, position) as state from event group by 1) last_event using (opportunity_id);

create temp table owner_change as
select opportunity_id, local_day(changed_at) as day, changed_at, history_id, old_value, new_value
from opportunity_field_history
where field = 'owner_id' and new_value in (select user_id from crm_user);
-- Where the present owner has the credit, every day is as as-of.
create temp macro owner_on(id, current_owner, on_day) as coalesce(
  (select arg_max(c.new_value, (c.changed_at, c.history_id)) from owner_change c where c.opportunity_id = id
    and c.day <= if(getvariable('owner_credit') = 'current', as_of(), on_day)),
  (select arg_min(c.old_value, (c.changed_at, c.history_id)) from owner_change c where c.opportunity_id = id and c.old_value in (select user_id from crm_user)),
  current_owner);

create temp table deal as
with dated as (
  select o.*, s.state as event_state, s.since,
    coalesce(local_day(o.created_at), s.first_day) as created_on,
    coalesce(local_day(o.closed_at), o.expected_close_date) as typed_close
  from opportunity o left join standing s using (opportunity_id)
  where o.deleted is not true and o.test is not true and o.merged_into_id is null
),
settled as (
  select *,
    coalesce(event_state, if(typed_close > as_of(), 'open', state)) as outcome,
    case when event_state in ('won', 'lost') then since
      when event_state is null and state in ('won', 'lost') and typed_close <= as_of() then typed_close end as closed_on
  from dated where coalesce(created_on, as_of()) <= as_of()
)
select d.opportunity_id, d.created_on, d.closed_on, d.outcome, d.event_state is not null as has_events, d.state as record_state,
  d.stage as record_stage, d.amount as record_amount, d.expected_close_date as record_due, d.lost_reason, d.probability as record_probability, d.currency, d.owner_id, d.updated_at,
  converted(d.amount, d.currency, coalesce(d.closed_on, as_of())) as amount, converted(d.amount, d.currency, as_of()) as constant_amount,
  coalesce(d.source, (select arg_min(l.source, (l.created_at, l.lead_id)) from lead l where l.converted_opportunity_id = d.opportunity_id and l.source is not null), c.source) as source,
  coalesce(p.name, p.product_id, d.product_id) as product,
  coalesce(d.segment, a.segment) as segment, d.region as own_region, a.region as account_region
from settled d
left join account a using (account_id)
left join campaign c using (campaign_id)
left join product p on p.product_id = coalesce(d.product_id, (select arg_max(n.product_id, (coalesce(n.amount, -1), n.line_id)) from opportunity_line n where n.opportunity_id = d.opportunity_id));

create temp macro dims_of(d, w) as map {'region': coalesce(d.own_region, w.region, d.account_region), 'team': w.team, 'owner': w.owner,
  'source': d.source, 'product': d.product, 'segment': d.segment};

-- Opportunities with the dimensions of the day they closed, or of as-of while open.
create temp table checked_opportunity as
with ended as (
  select d.*, if(d.closed_on >= d.created_on, d.closed_on - d.created_on, null) as cycle,
    (select o.competitor from opportunity o where o.opportunity_id = d.opportunity_id) as competitor,
    (select arg_max(e.stage, e.position) from event e where e.opportunity_id = d.opportunity_id and e.state = 'open') as left_from
  from deal d
),
-- Sizes: quartiles of what was won or lost, in one digit of 1, 2 or 5.
quarter as (select unnest(quantile_disc(amount, [0.25, 0.5, 0.75])) as q from ended where outcome <> 'open' and amount >= 1),
step as (select distinct (select max(u * 10 ** k) from unnest([1, 2, 5]) t(u), range(0, 16) r(k) where u * 10 ** k <= q)::bigint as past from quarter)
select d.*, map_concat(dims_of(d, w), map {
  'reason': if(d.outcome = 'lost', d.lost_reason, null), 'lost_stage': if(d.outcome = 'lost', d.left_from, null), 'competitor': d.competitor,
  'size_band': if(d.amount is null or (select count(*) from step) = 0, null,
    concat((select coalesce(max(past), 0) from step where past <= d.amount), '-', (select min(past) from step where past > d.amount))),
  'cycle_band': case when d.cycle <= 30 then '0-30' when d.cycle <= 60 then '31-60' when d.cycle <= 90 then '61-90' when d.cycle <= 180 then '91-180' when d.cycle > 180 then '181-' end
}) as dims
from ended d left join person w on w.user_id = owner_on(d.opportunity_id, d.owner_id, greatest(coalesce(d.closed_on, as_of()), d.created_on));
