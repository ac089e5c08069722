-- one row per contract signed by $as_of, with what became of it when its term ended; key (contract_id)
-- sources: contract, int_customer?, int_customer_dimension?, left_out?, dim_owner?, fx_rate?
-- custom: contract
-- order: signed_date, due_date, owner
with
records as (
  select
    contract.*,
    local_day(signed_at) as signed_date,
    coalesce(lower(trim(kind)), 'new') as type,
    coalesce(upper(currency), $currency) as value_currency
  from contract left join left_out on table_name = 'account' and id = contract.account_id
  where deleted is not true and left_out.id is null and local_day(signed_at) <= $as_of
),
renewals as (
  select
    due.contract_id,
    next.signed_date as renewed_date,
    next.value_currency = due.value_currency as is_comparable,
    -- Where one contract renews several, each has its part of it.
    next.annual_value::double * due.annual_value / nullif(sum(due.annual_value) over (partition by next.contract_id), 0) as next_value
  from records as due join records as next on due.renewed_by_id = next.contract_id
),
rated as (
  select records.*, rate
  from records
  asof left join fx_rate on records.value_currency = fx_rate.currency and records.signed_date >= fx_rate.date
),
valued as (
  select
    rated.*,
    renewed_date,
    case when value_currency = $currency then 1 else rate end as factor,
    case
      when renewed_date is null then null
      -- Values in two currencies do not compare: renewed in full.
      when is_comparable then least(annual_value, next_value::decimal(18, 2))
      else annual_value
    end as renewed_value
  from rated left join renewals using (contract_id)
)
select
  contract_id,
  customer_id as account_id,
  customer,
  signed_date,
  start_date,
  -- Amendments have no term of their own.
  case when type <> 'amendment' then end_date end as due_date,
  renewed_date,
  type,
  type not in ('renewal', 'amendment') as is_new,
  (total_value * factor)::decimal(18, 2) as amount,
  (annual_value * factor)::decimal(18, 2) as annual_value,
  (renewed_value * factor)::decimal(18, 2) as renewed_value,
  case when coalesce(total_value, annual_value) is not null and factor is null then value_currency end as unrated_currency,
  dim_owner.owner,
  dim_owner.team,
  coalesce(int_customer_dimension.region, dim_owner.region) as region,
  int_customer_dimension.source,
  int_customer_dimension.segment
from valued
left join int_customer using (account_id)
left join int_customer_dimension using (customer_id)
left join dim_owner on valued.owner_id = dim_owner.user_id
-- Deleted and test accounts have no number.
where int_customer.account_id is null or customer is not null
