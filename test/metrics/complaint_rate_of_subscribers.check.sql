-- complaints of the period for each 100 customers who pay on its last day
with whole as (select customer_dims[$dimension] as member, count(distinct customer) as n from paid_day where day = least($end::date - 1, $as_of::date) group by member),
complaint as (select dims[$dimension] as member, count(*) as n from checked_ticket where complains and created_on >= $start and created_on < $end group by member)
select w.member, 100 * coalesce(c.n, 0) / w.n as value from whole w left join complaint c on c.member is not distinct from w.member where w.n > 0
