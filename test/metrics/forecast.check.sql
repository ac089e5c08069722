-- revenue won in the period + amounts expected by the end of the running month × share won of their stage, but of those omitted; nothing where one of the two has records and none has an amount
with part as (select dims[$dimension] as member, what, sum(amount * chance) as value, count(*) as n from checked_won_or_expected
  where date >= $start and date < $end and (what = 'won' or category is distinct from 'omitted') group by member, what)
select member, if(bool_or(value is null), null, sum(value)) as value from part group by member
