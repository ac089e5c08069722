-- what was won by then and expected by the end of the month, not omitted, on its first day, from what was known then; of the months that ended in the period
select * from replayed('pipeline', 'start', $start::date, $end::date, $dimension)
