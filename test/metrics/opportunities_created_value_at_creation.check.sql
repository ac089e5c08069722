-- amounts at the end of the day of creation, at that day's rate, of the opportunities created in the period
with born as (
  select o.dims[$dimension] as member, o.currency, o.created_on, coalesce(
    (select struct_pack(v := last(s.amount order by s.at, s.history_id nulls last)) from amount_said s where s.opportunity_id = o.opportunity_id and local_day(s.at) <= o.created_on having count(*) > 0),
    (select struct_pack(v := first(s.amount order by s.at, s.history_id nulls last)) from amount_said s where s.opportunity_id = o.opportunity_id having count(*) > 0)).v as amount
  from checked_opportunity o where o.created_on >= $start and o.created_on < $end
)
select member, sum(converted(amount, currency, created_on)) as value from born group by member
