-- open amounts, due or not but not omitted × share won, within the days left of the running month, of those in their stage for as long
select dims[$dimension] as member, sum(amount * odds) as value from checked_open_now where date >= $start and date < $end and category is distinct from 'omitted' group by member
