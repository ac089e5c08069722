-- of the 30 days up to the period's end: customers lost, new ones too ÷ customers at the start and new ones
select dims[$dimension] as member, (count(*) filter (before is not null and after is null) + count(*) filter (before is null and after is null and is_born))::double / nullif(count(before) + count(*) filter (before is null and after is not null and is_born) + count(*) filter (before is null and after is null and is_born), 0) as value
from moved($end::date - 30, $end::date)
group by member
