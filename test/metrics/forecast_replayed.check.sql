-- what was won by then and expected by the end of the month, by the chances of their stages, on its first day, from what was known then; of the months that ended in the period
select * from replayed('by_stage', 'start', $start::date, $end::date, $dimension)
