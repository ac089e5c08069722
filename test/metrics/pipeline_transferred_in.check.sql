-- what is due in the period from first to last, and another had
select dims_after[$dimension] as member, sum(before) as value from pipeline_moved($start::date, $end::date, $past::date)
where is_due and was_due and dims_before[$dimension] is distinct from dims_after[$dimension] group by member
