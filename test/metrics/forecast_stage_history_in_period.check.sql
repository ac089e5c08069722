-- revenue won in the period + open amounts × share won, within the days left of the running month, of those in their stage for as long; nothing where one of the two has records and none has an amount
with part as (select dims[$dimension] as member, what, sum(amount * odds) as value from checked_won_or_open
  where date >= $start and date < $end group by member, what)
select member, if(bool_or(value is null), null, sum(value)) as value from part group by member
