-- one row per contact, local day and kind of sign of life that counts; key (contact_id, date, type)
-- sources: int_contact, engagement_event?, activity?
with
signs as (
  select contact_id, local_day("at") as date, lower(type) as type
  from engagement_event
  -- Openings are left out: mail programs open by themselves.
  where lower(type) in ('click', 'reply', 'webinar', 'meeting', 'login')
  union
  select contact_id, local_day(done_at), case when type = 'meeting' then 'meeting' else 'reply' end
  from activity
  where (type = 'meeting' or (type = 'email' and direction = 'inbound'))
    and done is not false and automated is not true and deleted is not true
)
select contact_id, date, type
from signs semi join int_contact using (contact_id)
where date <= $as_of
