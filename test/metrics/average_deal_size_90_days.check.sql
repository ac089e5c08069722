-- mean amount, other than 0, won in the 90 days that end with the period
select dims[$dimension] as member, avg(amount) as value from checked_opportunity
where outcome = 'won' and amount <> 0 and closed_on < $end and closed_on >= $end::date - 90 group by member
