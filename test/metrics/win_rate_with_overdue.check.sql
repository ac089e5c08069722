-- won ÷ (won + lost + overdue)
with counted as (
  select dims[$dimension] as member, if(outcome = 'won', 1, 0) as won from checked_opportunity where outcome <> 'open' and closed_on >= $start and closed_on < $end
  union all
  select o.dims[$dimension], 0 from checked_opportunity o join due_from f on f.opportunity_id = o.opportunity_id and f.past = '9999-12-31'
  where o.outcome = 'open' and f.due >= $start and f.due < $end and f.due < as_of()
)
select member, avg(won) as value from counted group by member
