-- open at as-of with an expected close date in the period that has passed
select o.dims[$dimension] as member, count(*) as value
from checked_opportunity o join due_from f on f.opportunity_id = o.opportunity_id and f.past = '9999-12-31'
where o.outcome = 'open' and f.due >= $start and f.due < $end and f.due < as_of()
group by member
