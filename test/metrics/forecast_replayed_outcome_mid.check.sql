-- revenue won in the months that ended in the period and were replayed half-way
select * from replayed_outcome('mid', $start::date, $end::date, $dimension)
