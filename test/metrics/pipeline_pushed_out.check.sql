-- due in the period when it began, and open and due elsewhere on its last day
select dims_before[$dimension] as member, sum(before) as value from pipeline_moved($start::date, $end::date, $past::date)
where was_due and not is_due group by member
