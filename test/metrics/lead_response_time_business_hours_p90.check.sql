-- hours of work at position 0.9 × (n − 1) of the sorted waits of the contacted leads, interpolated
with ranked as (
  select dims[$dimension] as member, hours, row_number() over (partition by dims[$dimension] order by hours) - 1 as position,
    0.9 * (count(*) over (partition by dims[$dimension]) - 1) as wanted
  from lead_waiting where ended and created_on >= $start and created_on < $end
)
select member, sum(hours * greatest(0, 1 - abs(position - wanted))) as value from ranked group by member
