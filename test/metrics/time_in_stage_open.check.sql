-- median days so far of the stays that began in the period, of open opportunities that are still there
select s.dims[$dimension] as member, median(s.days::double) as value from checked_stage s join deal d using (opportunity_id)
where d.outcome = 'open' and s.gone is null and s.first_day >= $start and s.first_day < $end group by member
