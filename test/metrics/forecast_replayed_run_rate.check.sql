-- what was won by half-way ÷ the share of the month's working days that had passed; of the months that ended in the period
select * from replayed('by_pace', 'mid', $start::date, $end::date, $dimension)
