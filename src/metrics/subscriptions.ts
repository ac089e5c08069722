// Recurring revenue and who pays it: stocks, and what became of them between the day before a period and its last.

import {balance, movement, type Metric, type MovementPart} from "./define.js";

/** Days without any paid subscription from which on a customer has left and comes back, where the settings name no others. */
export const graceDays = 30;

const described = {
  owner: "head of customer success", status: "checked", version: 1, since: "2026-11-22", page: "churn", processStage: "after_sales"
} as const;
const spans = {
  ...described, mart: "fct_mrr_span", from: "valid_from", to: "valid_to",
  dimensions: ["region", "team", "owner", "source", "segment"]
} as const;

export const paidFor = ["subscription.account_id", "subscription.started_on"] as const;
export const paidWith = [...paidFor, "subscription.mrr|subscription.amount|subscription_event.mrr|subscription_event.amount"] as const;

/** Since what is paid in other currencies is at the rate of its month. */
const valued = {version: 2, since: "2026-11-24"} as const;

const moved = (part: MovementPart, measure: "value" | "count") => ({
  ...spans, entity: "customer", value: "mrr", constant: {own: "own", rate: "rate", currency: "currency"}, part, measure, dateRule: part === "start" || part === "end" ? "S" : "E",
  unit: measure === "value" ? "currency" : "count", needs: measure === "value" ? paidWith : paidFor,
  ...(measure === "value" && valued)
} as const);

export const mrr = balance({
  ...spans, ...valued, id: "mrr", unit: "currency", direction: "up", dateRule: "S", needs: paidWith,
  dimensions: ["region", "team", "owner", "source", "product", "segment", "plan"], aggregate: {fn: "sum", column: "mrr"}
});

export const mrrStart = movement({...moved("start", "value"), id: "mrr_start", direction: "context", internal: true});
export const mrrEnd = movement({...moved("end", "value"), id: "mrr_end", direction: "context", internal: true});
export const mrrNew = movement({...moved("new", "value"), id: "mrr_new", direction: "up"});
export const mrrReactivation = movement({...moved("reactivation", "value"), id: "mrr_reactivation", direction: "up"});
export const mrrExpansion = movement({...moved("expansion", "value"), id: "mrr_expansion", direction: "up"});
export const mrrContraction = movement({...moved("contraction", "value"), id: "mrr_contraction", direction: "down"});
export const mrrChurn = movement({
  ...moved("churn", "value"), id: "mrr_churn", direction: "down", dimensions: [...spans.dimensions, "reason"]
});
/** What the rates of other currencies make of what stayed. */
export const mrrRates = {...movement({...moved("rates", "value"), id: "mrr_rates", direction: "context"}), signed: true} as const;
/** What all of them come to, rates apart. */
export const mrrNet = {...movement({...moved("net", "value"), id: "mrr_net", direction: "up"}), signed: true} as const;
export const mrrKept = movement({...moved("kept", "value"), id: "mrr_kept", direction: "up", internal: true});
export const mrrOfKept = movement({...moved("kept_all", "value"), id: "mrr_of_kept", direction: "up", internal: true});

export const subscribers = balance({
  ...spans, id: "subscribers", unit: "count", direction: "up", dateRule: "S", needs: paidFor,
  dimensions: ["region", "team", "owner", "source", "product", "segment", "plan"], aggregate: {fn: "count_distinct", column: "customer"}, empty: 0
});

export const subscribersStart = movement({...moved("start", "count"), id: "subscribers_start", direction: "context", internal: true});
export const subscribersEnd = movement({...moved("end", "count"), id: "subscribers_end", direction: "context", internal: true});
export const subscribersNew = movement({...moved("new", "count"), id: "subscribers_new", direction: "up"});
export const subscribersReactivated = movement({...moved("reactivation", "count"), id: "subscribers_reactivated", direction: "up"});
export const subscribersLost = movement({
  ...moved("churn", "count"), id: "subscribers_lost", direction: "down", dimensions: [...spans.dimensions, "reason"]
});
export const subscribersKept = movement({...moved("kept", "count"), id: "subscribers_kept", direction: "up", internal: true});
export const subscribersLostUnpaid = movement({
  ...moved("churn", "count"), id: "subscribers_lost_unpaid", direction: "down", internal: true,
  needs: [...paidFor, "subscription.involuntary|subscription.status"], where: [{column: "is_involuntary", is: "=", values: [true]}]
});
export const samePeriodLosses = movement({...moved("lost_within", "count"), id: "same_period_losses", direction: "down"});

const noticed = {to: "notice_to", needs: [...paidFor, "subscription.cancelled_at"]} as const;
export const subscribersStartByNotice = movement({
  ...moved("start", "count"), ...noticed, id: "subscribers_start_by_notice", direction: "context", internal: true
});
export const subscribersLostByNotice = movement({
  ...moved("churn", "count"), ...noticed, id: "subscribers_lost_by_notice", direction: "down", internal: true
});

const dayAfter = {to: "day_after_to", needs: paidFor} as const;
export const subscribersStartDayAfter = movement({
  ...moved("start", "count"), ...dayAfter, id: "subscribers_start_day_after", direction: "context", internal: true
});
export const subscribersLostDayAfter = movement({
  ...moved("churn", "count"), ...dayAfter, id: "subscribers_lost_day_after", direction: "down", internal: true
});

/** In reading order. */
export const subscriptions: readonly Metric[] = [
  mrr, mrrStart, mrrEnd, mrrNew, mrrReactivation, mrrExpansion, mrrContraction, mrrChurn, mrrRates, mrrKept, mrrOfKept,
  subscribers, subscribersStart, subscribersEnd, subscribersNew, subscribersReactivated, subscribersLost, subscribersKept,
  subscribersLostUnpaid, samePeriodLosses, subscribersStartByNotice, subscribersLostByNotice,
  subscribersStartDayAfter, subscribersLostDayAfter
];
