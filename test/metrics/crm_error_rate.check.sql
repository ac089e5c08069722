-- requests that failed, not through the user ÷ all requests of the period
select dims[$dimension] as member, coalesce(sum(requests) filter (where outcome = 'failed'), 0)::double / sum(requests) as value from checked_request where day >= $start and day < $end group by member
