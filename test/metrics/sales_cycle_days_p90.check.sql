-- 90th percentile of won day − created day: at position 0.9 × (n − 1) of the sorted cycles, interpolated
with ranked as (
  select dims[$dimension] as member, cycle::double as days, row_number() over (partition by dims[$dimension] order by cycle) - 1 as position,
    0.9 * (count(*) over (partition by dims[$dimension]) - 1) as wanted
  from checked_opportunity where outcome = 'won' and closed_on >= $start and closed_on < $end and cycle is not null
)
select member, sum(days * greatest(0, 1 - abs(position - wanted))) as value
from ranked group by member
