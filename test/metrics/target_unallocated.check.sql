-- of revenue won: its goal less those of the people in it; less those of the regions or teams in the total by them
select g.member, g.goal - (
    select sum(o.value) from goal o
    where o.metric = 'revenue_won' and o.first_day = $start::date and o.past_day = g.past_day and o.level = 'owner'
      and case $dimension when 'team' then o.team = g.member when 'region' then o.region = g.member when 'owner' then false else true end
  ) as value
from goals_of($start::date, $end::date, $dimension) g
