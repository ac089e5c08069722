-- an account with the name of an earlier one in the same country, accents, marks, case and legal form aside; the amount
-- is that of its open deals. Sisters in other countries often share a name.
-- about: account
-- among: account
-- needs: account.name
with
named as (
  select
    account_id, owner_id, created_at, lower(trim(country)) as country,
    nullif(trim(regexp_replace(
      trim(regexp_replace(strip_accents(lower(name)), '[^\p{L}\p{N}]+', ' ', 'g')),
      '( (ltd|limited|inc|incorporated|llc|llp|plc|corp|corporation|co|company|gmbh|ag|kg|se|sa|sas|sarl|srl|spa|bv|nv|oy|ab|as|aps|kft|zrt|nyrt|bt|sro|doo))+$', ''
    )), '') as plain_name
  from account
),
earlier as (
  select *, first(account_id) over same as same_as, row_number() over same as place
  from named
  where plain_name is not null
  window same as (partition by plain_name, country order by created_at nulls last, account_id)
),
open_amounts as (
  select account_id, sum(amount) as amount from fct_opportunity where is_open group by account_id
)
select account_id as id, owner, team, amount, same_as
from earlier
left join dim_owner on owner_id = user_id
left join open_amounts using (account_id)
where place > 1
