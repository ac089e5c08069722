-- open on the last day with owner, amount, next step and a close date not before that day ÷ all open
with dated as (
  select c.*, coalesce(
      (select struct_pack(v := arg_max_null(s.day, (s.at, s.history_id is null, s.history_id))) from close_said s where s.opportunity_id = c.opportunity_id and local_day(s.at) <= c.on_day having count(*) > 0),
      (select struct_pack(v := arg_min_null(s.day, (s.at, s.history_id is null, s.history_id))) from close_said s where s.opportunity_id = c.opportunity_id having count(*) > 0)).v as closes
  from checked_open c where on_day = $end::date - 1
)
select d.dims[$dimension] as member, avg(coalesce(d.dims['owner'] is not null and closes >= on_day and trim(o.next_step) <> ''
    and (d.amount <> 0 or (d.amount is null and o.amount <> 0 and converted(1, o.currency, as_of()) is null)), false)::integer) as value
from dated d join opportunity o using (opportunity_id) group by member
