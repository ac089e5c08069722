-- median days from creation to win of what was won in the 90 days that end with the period
select dims[$dimension] as member, median(cycle::double) as value from checked_opportunity
where outcome = 'won' and cycle is not null and closed_on < $end and closed_on >= $end::date - 90 group by member
