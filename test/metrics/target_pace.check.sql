-- of revenue won: its goal × the share of the period's working days that have passed
select member, goal * if($end::date = past_day, 1, working_days_in($start::date, $end::date) / working_days_in($start::date, past_day)) as value
from goals_of($start::date, $end::date, $dimension)
