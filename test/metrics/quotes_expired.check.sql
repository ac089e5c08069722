-- quotes whose last day lies in the period and has passed without an order
select dims[$dimension] as member, count(*) as value
from checked_quote where expires_on >= $start and expires_on < $end and expires_on < as_of() and ordered_on is null group by member
