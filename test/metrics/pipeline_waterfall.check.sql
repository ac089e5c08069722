-- what is open and due in the period at its end − what was when it began
with part as (
  select dims_before[$dimension] as member, -before as value from pipeline_moved($start::date, $end::date, $past::date) where was_due
  union all
  select dims_after[$dimension], if(state = 'open', after, 0) from pipeline_moved($start::date, $end::date, $past::date) where is_due
)
select member, sum(value) as value from part group by member
