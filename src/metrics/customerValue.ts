// What customers are worth, and what it costs to win one.

import {balance, cumulative, derived, ratio, simple, type Metric} from "./define.js";
import {grossMargin} from "./orders.js";
import {averagePurchaseValue, buyersAtStart, buyersLost, purchaseFrequency} from "./purchases.js";
import {logoChurnTrailing} from "./retention.js";
import {mrr, paidWith, subscribers} from "./subscriptions.js";

const described = {
  owner: "head of marketing", status: "checked", version: 1, since: "2026-11-22", page: "customers", direction: "up", dateRule: "E", processStage: "after_sales"
} as const;
const ofCustomer = ["region", "team", "owner", "source", "segment"] as const;
const buys = ["sales_order.order_date", "sales_order.account_id"] as const;
const margin = [...buys, "sales_order.net_amount", "order_line.net_amount", "order_line.cost_amount"] as const;

export const newCustomers = simple({
  ...described, id: "new_customers", page: "revenue", unit: "count", processStage: "closing", mart: "fct_customer", time: "first_date", dimensions: ofCustomer,
  needs: ["sales_order.order_date|subscription.started_on", "sales_order.account_id|subscription.account_id"], aggregate: {fn: "count"}
});

const aged = {
  ...described, unit: "currency", dateRule: "C", mart: "fct_customer", time: "first_order_date", dimensions: ofCustomer, needs: margin
} as const;
const atAge = (days: 90 | 180 | 365 | 730) =>
  ({where: [{column: "age_days", is: ">=", values: [days]}], aggregate: {fn: "avg", column: `margin_${days}`, moe: true}}) as const;

export const clvHistoric = simple({...aged, id: "clv_historic", variant: "days_365", ...atAge(365)});
export const clvHistoric90 = simple({...aged, id: "clv_historic_90", variantOf: "clv_historic", variant: "days_90", ...atAge(90)});
export const clvHistoric180 = simple({...aged, id: "clv_historic_180", variantOf: "clv_historic", variant: "days_180", ...atAge(180)});
export const clvHistoric730 = simple({...aged, id: "clv_historic_730", variantOf: "clv_historic", variant: "days_730", ...atAge(730)});

const year = {...described, window: {months: 12}, internal: true} as const;
const customerLoss = ratio({...described, id: "customer_loss", unit: "percent", direction: "down", needs: buys, numerator: buyersLost, denominator: buyersAtStart});

/** Gross profit that a customer brings a year: purchase value × purchases × margin, all of the trailing twelve months. */
const yearly = {
  value: cumulative({...year, id: "average_purchase_value_year", unit: "currency", needs: averagePurchaseValue.needs, measure: averagePurchaseValue}),
  purchases: cumulative({...year, id: "purchase_frequency_year", unit: "ratio", needs: buys, measure: purchaseFrequency}),
  margin: cumulative({...year, id: "gross_margin_year", unit: "percent", needs: margin, measure: grossMargin})
} as const;
const profit = ["*", ["*", "value", "purchases"], "margin"] as const;

/** Longest time for which a customer is taken to stay, in years. */
const horizon = 10;

export const clvSimple = derived({
  ...described, id: "clv_simple", variant: "standard", unit: "currency", dateRule: "E", needs: margin,
  inputs: {...yearly, loss: cumulative({...year, id: "customer_loss_year", unit: "percent", direction: "down", needs: buys, measure: customerLoss})},
  formula: ["*", profit, ["min", horizon, ["/", 1, "loss"]]]
});

/** The same of who pays a subscription: what a customer pays a month as the period ends × 12 × margin. */
const paying = {revenue: mrr, payers: subscribers, margin: yearly.margin} as const;
const paidProfit = ["*", ["*", 12, ["/", "revenue", "payers"]], "margin"] as const;
const paidMargin = [...paidWith, "sales_order.net_amount", "order_line.net_amount", "order_line.cost_amount"] as const;

export const clvSimpleSubscription = derived({
  ...described, id: "clv_simple_subscription", variantOf: "clv_simple", variant: "subscription", unit: "currency", dateRule: "E", needs: paidMargin,
  inputs: {...paying, loss: logoChurnTrailing}, formula: ["*", paidProfit, ["min", horizon, ["/", 1, "loss"]]]
});

/** What money a year later is worth less in the modelled values. */
export const yearlyDiscount = 0.1;

const modelled = {
  ...described, unit: "currency", dateRule: "S", status: "exploratory", mart: "fct_customer_value", from: "valid_from", to: "valid_to",
  dimensions: ofCustomer, needs: margin
} as const;

export const clvModel = balance({...modelled, id: "clv_model", variant: "months_12", aggregate: {fn: "avg", column: "value_12"}});
export const clvModel24 = balance({
  ...modelled, id: "clv_model_24", variantOf: "clv_model", variant: "months_24", aggregate: {fn: "avg", column: "value_24"}
});

const spent = {
  ...described, unit: "currency", direction: "context", processStage: "generation", internal: true, mart: "fct_acquisition_cost", dimensions: ["team", "source"],
  needs: ["cost.amount|campaign_cost.amount"], aggregate: {fn: "sum", column: "amount"}
} as const;

export const acquisitionCost = simple({...spent, id: "acquisition_cost", time: "date"});
export const acquisitionCostLagged = simple({
  ...spent, id: "acquisition_cost_lagged", time: "lagged_date", needs: [...spent.needs, "opportunity.state", "opportunity.created_at"]
});

const acquired = {...described, nothing: "no_new_customers", unit: "currency", direction: "down", processStage: "generation", denominator: newCustomers} as const;

export const cac = ratio({...acquired, id: "cac", page: "leads", variant: "standard", needs: [...newCustomers.needs, ...acquisitionCost.needs], numerator: acquisitionCost});
export const cacLagged = ratio({
  ...acquired, id: "cac_lagged", variantOf: "cac", page: "leads", variant: "lagged", needs: [...newCustomers.needs, ...acquisitionCostLagged.needs],
  numerator: acquisitionCostLagged
});

export const cacPaybackMonths = derived({
  ...described, id: "cac_payback_months", variant: "standard", unit: "ratio", direction: "down", processStage: "generation", needs: [...cac.needs, ...margin],
  inputs: {cost: cac, ...yearly}, formula: ["*", 12, ["/", "cost", profit]]
});

export const cacPaybackMonthsSubscription = derived({
  ...described, id: "cac_payback_months_subscription", variantOf: "cac_payback_months", variant: "subscription", unit: "ratio", direction: "down",
  processStage: "generation", needs: [...cac.needs, ...paidMargin], inputs: {cost: cac, ...paying}, formula: ["*", 12, ["/", "cost", paidProfit]]
});

export const cacPaybackMonthsMatured = derived({
  ...described, id: "cac_payback_months_matured", variantOf: "cac_payback_months", variant: "matured", unit: "ratio", direction: "down",
  processStage: "generation", needs: [...cac.needs, ...margin], inputs: {cost: cac, worth: clvHistoric}, formula: ["*", 12, ["/", "cost", "worth"]]
});

const cacOfYear = cumulative({...year, id: "cac_year", unit: "currency", direction: "down", needs: cac.needs, measure: cac});
const toCost = (worth: Metric) => ({
  ...described, unit: "ratio", needs: [...worth.needs, ...cac.needs], inputs: {worth, cost: cacOfYear}, formula: ["/", "worth", "cost"]
} as const);

export const clvToCac = derived({...toCost(clvSimple), id: "clv_to_cac", variant: "standard"});
export const clvToCacSubscription = derived({
  ...toCost(clvSimpleSubscription), id: "clv_to_cac_subscription", variantOf: "clv_to_cac", variant: "subscription"
});

/**
 * Of customers who are a year old: what they brought in it, over what the new customers of the same period cost. Written as a product it
 * rests on the fewer of both: a quotient rests on the new ones, and would be told where the profit of too few is hidden.
 */
export const clvToCacMatured = derived({
  ...described, id: "clv_to_cac_matured", variantOf: "clv_to_cac", variant: "matured", unit: "ratio", needs: [...margin, ...cac.needs],
  inputs: {worth: clvHistoric, cost: cac}, formula: ["*", "worth", ["/", 1, "cost"]]
});

/** In reading order. */
export const customerValue: readonly Metric[] = [
  newCustomers, clvHistoric, clvHistoric90, clvHistoric180, clvHistoric730, clvSimple, clvSimpleSubscription, clvModel, clvModel24,
  acquisitionCost, acquisitionCostLagged, cac, cacLagged, cacPaybackMonths, cacPaybackMonthsSubscription, cacPaybackMonthsMatured, clvToCac, clvToCacSubscription, clvToCacMatured
];
