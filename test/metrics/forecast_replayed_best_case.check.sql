-- what was won by then and expected by the end of the month, committed and best case, on its first day, from what was known then; of the months that ended in the period
select * from replayed('best_case', 'start', $start::date, $end::date, $dimension)
