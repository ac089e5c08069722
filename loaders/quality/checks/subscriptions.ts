// Subscriptions that look like one and the same under two accounts.

import {place, type SqlCheck} from "../define.js";

/**
 * The first subscription of an account that begins on the day on which the last one of another ends, of the same plan and monthly
 * value: a move, or two customers who happen to pay alike. Without a merge record it counts as a loss and a new customer.
 */
export const subscriptionsNotMoved: SqlCheck = {
  id: "subscriptions_not_moved",
  grade: "note",
  places: [place("subscription", "account_id", {needs: ["subscription.started_on", "subscription.ended_on|subscription_event.type"]})],
  look: () => ({
    from: `(
      with worth as (
        select subscription_id, arg_min(mrr, day) as first_mrr, arg_max(mrr, day) as last_mrr, arg_min(plan, day) as first_plan, arg_max(plan, day) as last_plan
        from int_subscription_change where mrr > 0 group by subscription_id
      ),
      own as (
        select *, min(started_on) over (partition by customer) as came_on, max(ended_on) over (partition by customer) as gone_on
        from int_subscription join worth using (subscription_id)
      )
      select one.subscription_id, count(other.subscription_id) > 0 as is_moved, min(other.subscription_id) as moved_from
      from own as one left join own as other
        on other.customer <> one.customer and other.gone_on = one.came_on and other.ended_on = one.started_on and one.came_on = one.started_on
        and other.last_mrr = one.first_mrr and other.last_plan is not distinct from one.first_plan and other.currency = one.currency
      group by one.subscription_id
    )`,
    wrong: "is_moved",
    detail: "moved_from"
  })
};
