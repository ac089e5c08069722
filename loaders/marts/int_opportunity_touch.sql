-- one row per opportunity with activities that people had done for it by the day it closed, or by $as_of;
-- key (opportunity_id)
-- sources: int_activity, int_opportunity
select opportunity_id, count(*)::integer as touches
from int_activity join int_opportunity using (opportunity_id)
where date <= coalesce(closed_date, $as_of)
group by opportunity_id
