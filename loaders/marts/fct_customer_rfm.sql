-- one row per customer who ordered: days since its last purchase on $as_of, purchases, what it bought less what it returned,
-- the fifth of customers in which each of these lies (5 is best), and the segment that these make; key (customer)
-- sources: int_order, int_purchase, int_customer_dimension?
-- order: customer
with
purchases as (
  select customer, ($as_of - max(day))::integer as recency_days, count(*)::integer as frequency from int_purchase group by customer
),
amounts as (
  select customer, sum(amount)::decimal(28, 6) as value from int_order where customer is not null and not is_cancelled group by customer
),
measured as (
  select customer, recency_days, frequency, coalesce(value, 0)::decimal(28, 6) as value from purchases left join amounts using (customer)
),
-- A score rests on the share of customers who stand strictly worse: equal customers have equal scores.
scored as (
  select
    *,
    (1 + 5 * (rank() over (order by recency_days desc) - 1) // count(*) over ())::integer as recency_score,
    (1 + 5 * (rank() over (order by frequency) - 1) // count(*) over ())::integer as frequency_score,
    (1 + 5 * (rank() over (order by value) - 1) // count(*) over ())::integer as value_score
  from measured
),
-- Frequency and value together, halves up.
placed as (
  select *, (frequency_score + value_score + 1) // 2 as worth from scored
)
select
  customer,
  recency_days,
  frequency,
  value,
  recency_score,
  frequency_score,
  value_score,
  case
    when recency_score >= 4 and worth >= 4 then 'champions'
    when recency_score >= 3 and worth >= 4 or recency_score >= 4 and worth = 3 then 'loyal'
    when recency_score >= 4 and worth = 2 then 'promising'
    when recency_score >= 4 then 'recent'
    when recency_score = 3 and worth >= 2 then 'attention'
    when recency_score >= 2 and worth <= 2 then 'sleeping'
    when recency_score = 2 or worth = 3 then 'at_risk'
    when worth >= 4 then 'cannot_lose'
    else 'lost'
  end as rfm_segment,
  owner,
  team,
  region,
  source,
  segment
from placed
left join int_customer_dimension using (customer)
