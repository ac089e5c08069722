-- opportunities of the period won by day 180 (the last counts) ÷ those of the period whose day 180 is not after as-of
select dims[$dimension] as member, avg(if(outcome = 'won' and closed_on - created_on <= 180, 1, 0)) as value
from checked_opportunity where created_on >= $start and created_on < $end and $as_of::date - created_on >= 180
group by member
