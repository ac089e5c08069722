-- hours at position 0.9 × (n − 1) of the sorted waits of the contacted leads, interpolated
with waited as (
  select dims[$dimension] as member, round(epoch_ms(contacted_at - born_at) / 3600000, 4) as hours from checked_lead where created_on >= $start and created_on < $end and contacted_at >= born_at
),
ranked as (
  select *, row_number() over (partition by member order by hours) - 1 as position, 0.9 * (count(*) over (partition by member) - 1) as wanted from waited
)
select member, sum(hours * greatest(0, 1 - abs(position - wanted))) as value from ranked group by member
