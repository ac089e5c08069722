-- customers lost, those new in the period too ÷ customers at the start and new ones
select dims[$dimension] as member, (count(*) filter (before is not null and after is null) + count(*) filter (before is null and after is null and is_born))::double / nullif(count(before) + count(*) filter (before is null and after is not null and is_born) + count(*) filter (before is null and after is null and is_born), 0) as value
from moved($start::date, $end::date)
group by member
