-- 90th percentile of the hours of work that customers waited: at position 0.9 × (n − 1) of the sorted ones, interpolated
with ranked as (
  select dims[$dimension] as member, customer_hours::double as hours, row_number() over (partition by dims[$dimension] order by customer_hours) - 1 as position,
    0.9 * (count(*) over (partition by dims[$dimension]) - 1) as wanted
  from waiting_at_work where solved_on >= $start and solved_on < $end
)
select member, sum(hours * greatest(0, 1 - abs(position - wanted))) as value from ranked group by member
