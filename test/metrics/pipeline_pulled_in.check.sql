-- due in the period on its last day, or closed in it, and due elsewhere when it began
select dims_after[$dimension] as member, sum(after) as value from pipeline_moved($start::date, $end::date, $past::date)
where is_due and was_open and not was_due and created_on < $start::date group by member
