-- one row per lead that a person has been in touch with, and the first moment of it; key (lead_id)
-- sources: int_activity, lead?
with
-- What was done after the conversion may be filed under the opportunity alone.
contacts as (
  select lead_id, done_at from int_activity where lead_id is not null
    and type in ('email', 'call', 'meeting') and direction is distinct from 'inbound'
  union all
  select lead.lead_id, done_at
  from int_activity join lead on int_activity.opportunity_id = lead.converted_opportunity_id
  where type in ('email', 'call', 'meeting') and direction is distinct from 'inbound'
)
select lead_id, min(done_at) as responded_at
from contacts
group by lead_id
