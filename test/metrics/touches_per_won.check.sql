-- median number of activities done for an opportunity by the day it was won
with closed as (
  select dims[$dimension] as member, (select count(*) from deed d where d.opportunity_id = o.opportunity_id and d.day <= o.closed_on) as touches
  from checked_opportunity o where outcome = 'won' and closed_on >= $start and closed_on < $end
)
select member, median(touches::double) as value from closed group by member
