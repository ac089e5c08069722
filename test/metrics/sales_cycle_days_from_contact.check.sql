-- median of won day − day of the first contact
select o.dims[$dimension] as member, median((o.closed_on - c.day)::double) as value
from checked_opportunity o left join checked_first_contact c on c.opportunity_id = o.opportunity_id and c.day <= o.closed_on
where o.outcome = 'won' and o.closed_on >= $start and o.closed_on < $end
group by member
