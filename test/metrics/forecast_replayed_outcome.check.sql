-- revenue won in the months that ended in the period and were replayed from their first day
select * from replayed_outcome('start', $start::date, $end::date, $dimension)
