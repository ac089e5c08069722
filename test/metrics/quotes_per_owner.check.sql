-- quotes created ÷ owners with work in the period
with made as (select dims[$dimension] as member, count(*) as n from checked_quote where created_on >= $start and created_on < $end group by member),
busy as (select dims[$dimension] as member, count(distinct owner) as n from checked_work where day >= $start and day < $end group by member)
select b.member, coalesce(m.n, 0) / b.n as value from busy b left join made m on m.member is not distinct from b.member where b.n > 0
