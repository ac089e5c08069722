-- what customers who had bought before the period brought more than in the period before, rates apart
select member, sum(own_change) as value from revenue_lines($start::date, $end::date, $dimension) where not is_new and own_change > 0 group by member
