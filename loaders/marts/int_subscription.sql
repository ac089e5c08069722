-- one row per subscription that was paid for by $as_of, with whose it is and when it ended; key (subscription_id)
-- sources: subscription, subscription_event?, int_customer?, int_customer_dimension?, left_out?, product?
with
ends as (
  select subscription_id, max(local_day("at")) as ended_on
  from subscription_event
  where lower(type) = 'end'
  group by subscription_id
),
records as (
  select
    subscription.*,
    local_day(cancelled_at) as cancelled_on,
    coalesce(subscription.ended_on, ends.ended_on,
      -- What is over and does not say since when was over by the day it was cancelled, else last touched.
      case when lower(status) in ('cancelled', 'canceled', 'unpaid', 'expired', 'ended', 'inactive', 'terminated')
        then coalesce(local_day(cancelled_at), local_day(updated_at), started_on) end) as over_on
  from subscription
  left join ends using (subscription_id)
  left join left_out on table_name = 'account' and id = subscription.account_id
  where deleted is not true
    and left_out.id is null
    and started_on <= $as_of
    -- Not paid for, or not yet.
    and lower(coalesce(status, '')) not in ('trial', 'trialing', 'trialling', 'in_trial', 'draft', 'incomplete', 'incomplete_expired')
),
owned as (
  select
    records.*,
    case when discount > 0 and discount_until is null then discount else 0 end as coupon,
    int_customer.customer_id,
    -- Whose account is not in the data is a customer all the same.
    case when int_customer.account_id is null
      then -dense_rank() over (order by coalesce(records.account_id, concat('subscription ', subscription_id)))
      else customer end::integer as customer
  from records
  left join int_customer using (account_id)
  left join int_customer_dimension using (customer_id)
)
select
  subscription_id,
  customer_id,
  customer,
  started_on,
  case when over_on <= $as_of then over_on else date '9999-12-31' end as ended_on,
  case when cancelled_on <= $as_of then cancelled_on end as cancelled_on,
  owned.plan,
  coalesce(product.name, owned.product_id) as product,
  cancel_reason as reason,
  coalesce(involuntary, lower(status) = 'unpaid', false) as is_involuntary,
  coalesce(upper(owned.currency), $currency) as currency,
  case
    when lower(billing_period) like 'month%' then 1
    when lower(billing_period) like 'quarter%' then 3
    when lower(billing_period) like 'half%' then 6
    when lower(billing_period) like 'year%' or lower(billing_period) like 'annual%' then 12
  end as months,
  mrr,
  -- A coupon that stays lowers the price, one that ends does not.
  amount - least(coupon, amount) as amount,
  coupon
from owned left join product using (product_id)
-- Deleted and test accounts have no number.
where customer is not null
