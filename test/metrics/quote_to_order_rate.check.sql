-- quotes of the period ordered from by day 90 (the last counts) ÷ those whose day 90 is not after as-of
select dims[$dimension] as member, avg(if(ordered_on - created_on <= 90, 1, 0)) as value
from checked_quote where created_on >= $start and created_on < $end and $as_of::date - created_on >= 90 group by member
