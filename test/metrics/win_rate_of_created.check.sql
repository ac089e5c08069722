-- opportunities of the period won within the window (its last day counts) ÷ those of the period whose window is over at
-- as-of; the window is the 90th percentile of the days from creation to win of all won, in whole days, 180 where fewer
-- than 30 were won
with won as (
  select cycle, row_number() over (order by cycle) - 1 as position, 0.9 * (count(*) over () - 1) as wanted
  from checked_opportunity where outcome = 'won' and cycle is not null
),
allowed as (
  select if(count(*) >= 30, ceil(round(sum(cycle * greatest(0, 1 - abs(position - wanted))), 3)), 180) as days from won
)
select dims[$dimension] as member, avg(if(outcome = 'won' and closed_on - created_on <= days, 1, 0)) as value
from checked_opportunity, allowed where created_on >= $start and created_on < $end and $as_of::date - created_on >= days
group by member
