-- open on the day before the period and due in it
select dims_before[$dimension] as member, sum(before) as value from pipeline_moved($start::date, $end::date, $past::date)
where was_due group by member
