-- lost in the period
select dims_after[$dimension] as member, sum(after) as value from pipeline_moved($start::date, $end::date, $past::date)
where is_due and state = 'lost' group by member
