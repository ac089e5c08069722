-- amounts of the invoices and credit notes of the period
select dims[$dimension] as member, sum(amount) as value
from checked_invoice where day >= $start and day < $end
group by member
