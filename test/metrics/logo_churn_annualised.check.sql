-- what is lost in a year in which every month keeps as large a part as the month up to the period's end did
select dims[$dimension] as member, 1 - pow(count(*) filter (before is not null and after is not null)::double / nullif(count(before), 0), 12) as value
from moved(($end::date - interval 1 month)::date, $end::date)
group by member
