-- reads: contract
-- after: basis, subscriptions
-- Contracts that were signed, of customers that exist, with the one that renewed each.

create temp table checked_contract as
with signed as (
  select c.*, local_day(c.signed_at) as signed_on, coalesce(lower(trim(c.kind)), 'new') as what
  from contract c
  where c.deleted is not true and local_day(c.signed_at) <= as_of()
    and (c.account_id is null or c.account_id not in (select account_id from no_customer))
)
select s.contract_id, s.signed_on, s.what, if(s.what = 'amendment', null, s.end_date) as due_on,
  converted(s.total_value, s.currency, s.signed_on) as total, converted(s.annual_value, s.currency, s.signed_on) as annual,
  n.signed_on as renewed_on,
  converted(case when n.contract_id is null then null when n.currency is distinct from s.currency then s.annual_value
    else least(s.annual_value, round(n.annual_value::double * s.annual_value
      / (select sum(o.annual_value) from signed o where o.renewed_by_id = n.contract_id), 2)::decimal(18, 2)) end, s.currency, s.signed_on) as renewed,
  map_concat(map {'region': coalesce(d.dims['region'], p.region), 'source': d.dims['source'], 'segment': d.dims['segment']},
    map {'team': p.team, 'owner': p.owner, 'type': s.what}) as dims
from signed s
left join signed n on n.contract_id = s.renewed_by_id
left join customer_dims d on d.account_id = s.account_id
left join person p on p.user_id = s.owner_id;
