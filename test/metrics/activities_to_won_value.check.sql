-- activities of the period against value won in it, over owners: Pearson's correlation of the ranks,
-- ties at the mean of theirs; none for fewer than ten owners
with seen as (
  select o.dims[$dimension] as member, o.owner, sum(o.deeds) as x, sum(o.won) as y
  from owner_deed o where o.day >= $start and o.day < $end and not o.is_late group by member, o.owner
),
placed as (
  select member, (select count(*) filter (b.x < a.x) + (count(*) filter (b.x = a.x) + 1) / 2 from seen b where b.member is not distinct from a.member) as rank_x,
    (select count(*) filter (b.y < a.y) + (count(*) filter (b.y = a.y) + 1) / 2 from seen b where b.member is not distinct from a.member) as rank_y
  from seen a
)
select member, if(count(*) >= 10 and stddev_pop(rank_x) > 0 and stddev_pop(rank_y) > 0, corr(rank_x, rank_y), null) as value from placed group by member
