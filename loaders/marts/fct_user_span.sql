-- one row per person with a licence and span of days [valid_from, valid_to) of access since the log of use begins;
-- key (person)
-- sources: int_user, crm_usage
-- order: valid_from, person
with
spans as (
  select *, greatest(valid_from, (select min(date) from crm_usage)) as since
  from int_user
  where is_licensed
)
select person, since as valid_from, valid_to, since as first_day, 1::tinyint as seats, team, region
from spans
where since < valid_to and since <= $as_of
