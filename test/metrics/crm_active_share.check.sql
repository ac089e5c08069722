-- people with a licence who wrote ÷ people with a licence and access on a day of the period, or the day before it
select dims[$dimension] as member,
  count(*) filter (where user_id in (select user_id from crm_work where wrote and day >= $start and day < $end)) / count(*) as value
from crm_person where licensed and begins <= least($end::date - 1, $as_of::date) and (ends is null or (ends >= $start::date and ends > begins)) group by member
