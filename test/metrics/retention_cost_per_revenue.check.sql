-- retention cost ÷ (what was paid a month by those kept, at most what they paid before × months of the period)
select null as member, (select sum(amount) from retention_day where day >= $start and day < $end)::double
  / nullif(coalesce(sum(least(before, after)) filter (before is not null and after is not null), 0) * ((year($end::date) - year($start::date)) * 12 + month($end::date) - month($start::date)
    + (day($end::date) - 1)::double / day(last_day($end::date)) - (day($start::date) - 1)::double / day(last_day($start::date))), 0) as value
from moved($start::date, $end::date)
