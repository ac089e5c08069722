-- one row per account, contact and opportunity that stands in the CRM on $as_of; key (record_id, type)
-- sources: account?, contact?, opportunity?, int_customer_dimension?, fct_contact?, fct_opportunity?
-- order: valid_from, type, owner
with
accounts as (
  select
    account_id as record_id, 'account' as type, created_at, local_day(created_at) as added_on,
    [name is not null, account.segment is not null, industry is not null, account.region is not null, country is not null, owner_id is not null]
      as filled,
    -- Sisters in other countries often share a name.
    nullif(trim(regexp_replace(
      trim(regexp_replace(strip_accents(lower(name)), '[^\p{L}\p{N}]+', ' ', 'g')),
      '( (ltd|limited|inc|incorporated|llc|llp|plc|corp|corporation|co|company|gmbh|ag|kg|se|sa|sas|sarl|srl|spa|bv|nv|oy|ab|as|aps|kft|zrt|nyrt|bt|sro|doo))+$', ''
    )), '') || '|' || coalesce(lower(trim(country)), '') as same,
    customer.owner, customer.team, customer.region, customer.segment
  from account join int_customer_dimension as customer on account_id = customer_id
),
contacts as (
  select
    contact_id as record_id, 'contact' as type, created_at, added_date as added_on,
    [name is not null, email is not null, phone is not null, title is not null, account_id is not null, owner_id is not null] as filled,
    case when email like '%@%' then lower(trim(email)) end as same,
    owner, team, region, fct_contact.segment
  from contact join fct_contact using (contact_id)
),
opportunities as (
  select
    opportunity_id as record_id, 'opportunity' as type, opportunity.created_at, created_date as added_on,
    [name is not null, opportunity.amount is not null, opportunity.expected_close_date is not null, opportunity.account_id is not null, owner_id is not null]
      as filled,
    null as same,
    fct_opportunity.owner, fct_opportunity.team, fct_opportunity.region, fct_opportunity.segment
  from opportunity join fct_opportunity using (opportunity_id)
),
records as (
  from accounts union all by name from contacts union all by name from opportunities
),
fields as (
  select type, record_id, unnest(filled) as is_filled, unnest(range(len(filled))) as field from records
),
-- A field that no record has is not one of this CRM.
asked as (
  select *, bool_or(is_filled) over (partition by type, field) as is_asked from fields
),
complete as (
  select type, record_id, (count(*) filter (is_filled) / count(*))::decimal(7, 4) as completeness
  from asked
  where is_asked
  group by type, record_id
)
select
  record_id,
  type,
  added_on as added_date,
  coalesce(added_on, $as_of) as valid_from,
  date '9999-12-31' as valid_to,
  added_on is null as is_undated,
  completeness,
  (same is not null and row_number() over (partition by type, same order by created_at nulls last, record_id) > 1)::tinyint as is_duplicate,
  owner,
  team,
  region,
  segment
from records left join complete using (type, record_id)
where coalesce(added_on, $as_of) <= $as_of
