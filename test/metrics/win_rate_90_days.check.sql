-- won ÷ (won + lost) of the 90 days that end with the period
select dims[$dimension] as member, avg(if(outcome = 'won', 1, 0)) as value from checked_opportunity
where outcome <> 'open' and closed_on < $end and closed_on >= $end::date - 90 group by member
