-- revenue won in the period + committed and best-case amounts expected by the end of the running month; nothing where one of the two has records and none has an amount
with part as (select dims[$dimension] as member, what, sum(amount) as value, count(*) as n from checked_won_or_expected
  where date >= $start and date < $end and (what = 'won' or category in ('commit', 'best case')) group by member, what)
select member, if(bool_or(value is null), null, sum(value)) as value from part group by member
