-- what foreign amounts of the period are worth more than at the rates of the same customer's period before
select member, sum(rates) as value from revenue_lines($start::date, $end::date, $dimension) group by member
