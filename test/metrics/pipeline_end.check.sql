-- open on the last day of the period and due in it
select dims_after[$dimension] as member, sum(after) as value from pipeline_moved($start::date, $end::date, $past::date)
where is_due and state = 'open' group by member
