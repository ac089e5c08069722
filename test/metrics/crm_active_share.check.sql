-- people with a licence who wrote ÷ people with a licence and access, since the log begins, on a day of the period or the day before it
with holder as (select *, greatest(begins, (select min(date) from crm_usage)) as since from crm_person where licensed)
select dims[$dimension] as member,
  count(*) filter (where user_id in (select user_id from crm_work where wrote and day >= $start and day < $end)) / count(*) as value
from holder where since <= least($end::date - 1, $as_of::date) and (ends is null or (ends >= $start::date and ends > since)) group by member
