-- (customers at the end − new ones) ÷ customers at the start: those who came back count as kept
select dims[$dimension] as member, (count(after) - count(*) filter (before is null and after is not null and is_born))::double / nullif(count(before), 0) as value
from moved($start::date, $end::date)
group by member
