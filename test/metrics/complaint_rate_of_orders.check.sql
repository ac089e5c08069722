-- complaints of the period for each 100 orders of the period
with whole as (select dims[$dimension] as member, count(*) as n from checked_order where day >= $start and day < $end and not called_off and not given_back group by member),
complaint as (select dims[$dimension] as member, count(*) as n from checked_ticket where complains and created_on >= $start and created_on < $end group by member)
select w.member, 100 * coalesce(c.n, 0) / w.n as value from whole w left join complaint c on c.member is not distinct from w.member where w.n > 0
