-- one row per local day, kind of request, way it ended and seconds it took, to two significant digits;
-- key (date, type, outcome, seconds)
-- sources: crm_request
-- order: date, type, outcome
with
requests as (
  select
    local_day("at") as date,
    kind as type,
    case
      when not coalesce(failed, status_code >= 400, false) then 'done'
      when coalesce(user_error, status_code between 400 and 499, false) then 'user_error'
      else 'failed'
    end as outcome,
    if(duration_ms is not null, greatest(round(duration_ms), 1), null)::bigint as milliseconds,
    coalesce(requests, 1) as requests
  from crm_request
  where local_day("at") <= $as_of
),
rounded as (
  select *, (10 ** greatest(length(coalesce(milliseconds, 1)::varchar) - 2, 0))::bigint as step from requests
)
select
  date,
  type,
  outcome,
  ((milliseconds + step // 2) // step * step / 1000)::decimal(12, 3) as seconds,
  sum(requests)::bigint as requests
from rounded
group by all
