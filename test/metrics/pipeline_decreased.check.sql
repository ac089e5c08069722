-- what is due in the period from first to last, and worth less
select dims_after[$dimension] as member, sum(before - after) as value from pipeline_moved($start::date, $end::date, $past::date)
where is_due and was_due and after < before group by member
