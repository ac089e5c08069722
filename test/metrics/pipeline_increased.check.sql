-- what is due in the period from first to last, and worth more
select dims_after[$dimension] as member, sum(after - before) as value from pipeline_moved($start::date, $end::date, $past::date)
where is_due and was_due and after > before group by member
