-- cost of scope retention, each by the days it covers, at the rate of the day
select null as member, sum(amount) as value from retention_day where day >= $start and day < $end
