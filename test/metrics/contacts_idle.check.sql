-- contacts created, and last worked, 90 days or more before the period's last day; those without any day on as-of
with known as (
  select c.contact_id, c.dims, c.created_on as day from checked_contact c
  union all select c.contact_id, c.dims, d.day from checked_contact c join deed d using (contact_id)
),
last_known as (
  select contact_id, dims, max(day) filter (day < $end) as last_day, min(day) as first_day from known group by contact_id, dims
)
select dims[$dimension] as member, count(*) as value
from last_known where if(first_day is null, as_of() < $end, $end::date - 1 - last_day >= 90)
group by member
