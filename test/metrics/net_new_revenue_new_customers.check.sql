-- what customers whose first purchase lies in the period brought, less what they brought in the period before
select member, sum(own_change) as value from revenue_lines($start::date, $end::date, $dimension) where is_new group by member
