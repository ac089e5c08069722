-- people who wrote in the last 7 days up to the period's end ÷ in the last 30
with last as (select least($end::date - 1, $as_of::date) as day)
select dims[$dimension] as member, count(distinct user_id) filter (where last.day - w.day < 7) / count(distinct user_id) as value
from crm_work w, last where wrote and last.day - w.day between 0 and 29 group by member
