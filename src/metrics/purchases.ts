// What customers buy: how much at a time, how often, again, more of it, and something else.

import {conversion, derived, movement, ratio, shifted, simple, type FlowPart, type Metric} from "./define.js";
import {orders, salesValue, salesValueConstant} from "./orders.js";

/** When a customer without a contract counts as lost: by the gaps of its segment, or by its chance of still buying. */
export const lossRules = ["gap", "alive"] as const;

export interface LossRule {
  readonly by: (typeof lossRules)[number];
  /** The chance of still buying below which one is taken for lost. */
  readonly under: number;
}

/** Where the settings name no other (kpi-formulas b.5). */
export const usualLoss: LossRule = {by: "gap", under: 0.3};

const described = {
  owner: "head of customer success", status: "checked", version: 1, since: "2026-11-22", page: "customers", direction: "up", dateRule: "E",
  processStage: "after_sales"
} as const;
const ofCustomer = ["region", "team", "owner", "source", "segment"] as const;
const ordered = {...described, mart: "fct_order", time: "order_date", dimensions: [...ofCustomer, "product"]} as const;
const needs = ["sales_order.order_date", "sales_order.account_id"] as const;
const isOrder = {column: "is_order", is: "=", values: [true]} as const;
const ofSomebody = [isOrder, {column: "customer", is: "not null"}] as const;

export const averagePurchaseValue = ratio({
  ...described, id: "average_purchase_value", unit: "currency", needs: salesValue.needs, numerator: salesValue, denominator: orders
});

export const repeatPurchases = simple({
  ...ordered, id: "repeat_purchases", page: "revenue", variant: "standard", unit: "count", needs, where: [{column: "purchase_number", is: ">", values: [1]}],
  aggregate: {fn: "count"}
});

export const repeatPurchasesUnmerged = simple({
  ...ordered, id: "repeat_purchases_unmerged", variantOf: "repeat_purchases", page: "revenue", variant: "each_order", unit: "count", needs,
  where: [{column: "order_number", is: ">", values: [1]}], aggregate: {fn: "count"}
});

const again = {
  ...described, unit: "percent", dateRule: "C", needs, mart: "fct_customer", time: "first_order_date", conversion: "second_order_date", dimensions: ofCustomer
} as const;

export const repeatRate = conversion({...again, id: "repeat_rate", variant: "days_90", window: 90});
export const repeatRate180 = conversion({...again, id: "repeat_rate_180", variantOf: "repeat_rate", variant: "days_180", window: 180});
export const repeatRate365 = conversion({...again, id: "repeat_rate_365", variantOf: "repeat_rate", variant: "days_365", window: 365});

export const ordersOfCustomers = simple({
  ...ordered, id: "orders_of_customers", unit: "count", direction: "context", internal: true, needs, where: ofSomebody, aggregate: {fn: "count"}
});

export const customersOrdering = simple({
  ...ordered, id: "customers_ordering", unit: "count", internal: true, needs, where: ofSomebody, aggregate: {fn: "count_distinct", column: "customer"}
});

export const purchaseFrequency = ratio({
  ...described, id: "purchase_frequency", unit: "ratio", needs, numerator: ordersOfCustomers, denominator: customersOrdering
});

export const daysBetweenPurchases = simple({
  ...ordered, id: "days_between_purchases", variant: "standard", unit: "days", direction: "down", needs,
  where: [{column: "purchase_number", is: ">", values: [1]}], aggregate: {fn: "median", column: "days_since_previous"}
});

export const daysBetweenPurchasesCensored = simple({
  ...ordered, id: "days_between_purchases_censored", variantOf: "days_between_purchases", variant: "censored", unit: "days", direction: "down",
  dateRule: "C", needs, where: [{column: "purchase_number", is: "not null"}],
  aggregate: {fn: "survival", duration: "days_to_next", ended: "has_next", q: 0.5}
});

const changed = {...described, unit: "currency", dateRule: "F", processStage: "closing", owner: "head of sales"} as const;

const salesValueBefore = shifted({
  ...changed, id: "sales_value_before", direction: "context", internal: true, needs: salesValue.needs, measure: salesValue, by: "previous"
});

export const netNewRevenue = derived({
  ...changed, id: "net_new_revenue", page: "revenue", variant: "standard", needs: salesValue.needs, inputs: {now: salesValue, before: salesValueBefore},
  formula: ["-", "now", "before"]
});

export const netNewRevenueConstant = derived({
  ...changed, id: "net_new_revenue_constant", variantOf: "net_new_revenue", page: "revenue", variant: "constant_currency", needs: salesValue.needs,
  inputs: {
    now: salesValueConstant,
    before: shifted({...changed, id: "sales_value_constant_before", internal: true, needs: salesValue.needs, measure: salesValueConstant, by: "previous"})
  },
  formula: ["-", "now", "before"]
});

/** Customers in the period beside the period before: what first ones bring, what existing ones buy more and less. */
const line = (part: FlowPart) => movement({
  ...ordered, ...changed, mart: "fct_order", entity: "customer", from: "order_date", to: "order_date", value: "amount",
  flow: {own: "own_amount", currency: "currency", first: "first_order_date"}, part, measure: "value", where: salesValue.where,
  needs: [...needs, "sales_order.net_amount"], id: `net_new_revenue_${part}`
});

export const netNewRevenueNewCustomers = {
  ...line("first_time"), id: "net_new_revenue_new_customers", variantOf: "net_new_revenue", page: "revenue", variant: "new_customers", version: 2, since: "2026-11-23", signed: true
} as const;
export const netNewRevenueGrowth = {...line("growth"), variantOf: "net_new_revenue", page: "revenue", variant: "existing_growth"} as const;
export const netNewRevenueShortfall = {...line("shortfall"), direction: "down", variantOf: "net_new_revenue", page: "revenue", variant: "existing_shortfall"} as const;
export const netNewRevenueRates = {...line("rates"), direction: "context", variantOf: "net_new_revenue", page: "revenue", variant: "exchange_rates", signed: true} as const;

const spans = {
  ...described, mart: "fct_customer_span", entity: "customer", from: "valid_from", to: "valid_to", dimensions: ofCustomer
} as const;

const stock = {...spans, unit: "count", internal: true, measure: "count"} as const;

export const buyersAtStart = movement({...stock, id: "buyers_at_start", direction: "context", needs, value: "active", part: "start"});
export const buyersLost = movement({...stock, id: "buyers_lost", direction: "down", needs, value: "active", part: "churn"});

const product = [...needs, "order_line.product_id"] as const;
const rate = {...described, unit: "percent", denominator: buyersAtStart} as const;

export const customersUpsold = movement({...stock, id: "customers_upsold", needs: product, value: "upsells", part: "expansion"});
export const customersCrossSold = movement({
  ...stock, id: "customers_cross_sold", needs: [...product, "product.family"], value: "cross_sells", part: "expansion"
});
export const customersPaidMore = movement({
  ...stock, id: "customers_paid_more", direction: "context", needs: [...product, "order_line.quantity"], value: "price_rises", part: "expansion"
});

export const upsellRate = ratio({...rate, id: "upsell_rate", page: "revenue", needs: product, numerator: customersUpsold});
export const crossSellRate = ratio({...rate, id: "cross_sell_rate", page: "revenue", needs: customersCrossSold.needs, numerator: customersCrossSold});
export const priceRiseRate = ratio({...rate, id: "price_rise_rate", page: "revenue", direction: "context", needs: customersPaidMore.needs, numerator: customersPaidMore});

/** In reading order. */
export const purchases: readonly Metric[] = [
  averagePurchaseValue, repeatPurchases, repeatPurchasesUnmerged, repeatRate, repeatRate180, repeatRate365,
  ordersOfCustomers, customersOrdering, purchaseFrequency, daysBetweenPurchases, daysBetweenPurchasesCensored,
  netNewRevenue, netNewRevenueConstant, netNewRevenueNewCustomers, netNewRevenueGrowth, netNewRevenueShortfall, netNewRevenueRates,
  buyersAtStart, buyersLost, customersUpsold, upsellRate, customersCrossSold, crossSellRate, customersPaidMore, priceRiseRate
];
