-- what was won by then and all that was open, by the share won within the days that the month had left, on its first day, from what was known then; of the months that ended in the period
select * from replayed('in_period', 'start', $start::date, $end::date, $dimension)
