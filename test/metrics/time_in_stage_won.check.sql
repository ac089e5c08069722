-- median days of the stays, in open stages, of the opportunities won in the period
select s.dims[$dimension] as member, median(s.days::double) as value from checked_stage s join deal d using (opportunity_id)
where d.outcome = 'won' and d.closed_on >= $start and d.closed_on < $end group by member
