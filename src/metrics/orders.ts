// Orders: how many, worth how much, at what margin, and how many are called off.

import {ratio, simple, type Metric} from "./define.js";

const described = {
  owner: "head of sales", status: "checked", version: 1, since: "2026-11-22", page: "revenue", direction: "up", dateRule: "E", processStage: "closing"
} as const;
const dimensions = ["region", "team", "owner", "source", "product", "segment"] as const;
const ordered = {...described, mart: "fct_order", time: "order_date", dimensions} as const;
const lines = {...described, mart: "fct_order_line", time: "order_date", dimensions} as const;

const day = "sales_order.order_date";
const value = [day, "sales_order.net_amount"] as const;
const cost = [...value, "order_line.net_amount", "order_line.cost_amount"] as const;
const stands = [{column: "is_cancelled", is: "=", values: [false]}] as const;
const placed = [{column: "is_return", is: "=", values: [false]}] as const;

export const orders = simple({
  ...ordered, id: "orders", unit: "count", needs: [day], where: [{column: "is_order", is: "=", values: [true]}], aggregate: {fn: "count"}
});

export const salesValue = simple({
  ...ordered, id: "sales_value", variant: "standard", unit: "currency", needs: value, where: stands, aggregate: {fn: "sum", column: "amount"}
});

export const salesValueConstant = simple({
  ...ordered, id: "sales_value_constant", variantOf: "sales_value", variant: "constant_currency", unit: "currency", needs: value, where: stands,
  aggregate: {fn: "sum", column: "constant_amount"}
});

const invoiced = {
  ...described, unit: "currency", mart: "fct_invoice", time: "invoice_date", dimensions: ["region", "team", "owner", "source", "segment"],
  needs: ["invoice.invoice_date", "invoice.net_amount"], aggregate: {fn: "sum", column: "amount"}
} as const;

/** Partial deliveries by the day they are billed. */
export const salesValueInvoiced = simple({...invoiced, id: "sales_value_invoiced", variantOf: "sales_value", variant: "invoiced"});

export const netRevenue = simple({
  ...lines, id: "net_revenue", variant: "standard", unit: "currency", needs: value, aggregate: {fn: "sum", column: "amount"}
});

export const netRevenueInvoiced = simple({...invoiced, id: "net_revenue_invoiced", variantOf: "net_revenue", variant: "invoiced"});

export const grossProfit = simple({
  ...lines, id: "gross_profit", unit: "currency", needs: cost, aggregate: {fn: "sum", column: "gross_profit"}
});

export const costedRevenue = simple({
  ...lines, id: "costed_revenue", unit: "currency", direction: "context", internal: true, needs: cost, aggregate: {fn: "sum", column: "costed_amount"}
});

export const grossMargin = ratio({
  ...described, id: "gross_margin", variant: "standard", unit: "percent", needs: cost, numerator: grossProfit, denominator: costedRevenue
});

/** 0 where no cost is known, while the revenue that a margin is of is then not known either. */
const revenueWithCost = simple({
  ...lines, id: "revenue_with_cost", unit: "currency", direction: "context", internal: true, needs: cost, where: [{column: "cost", is: "not null"}],
  aggregate: {fn: "sum", column: "amount"}
});

/** How much of the revenue the margin is of. */
export const grossMarginCoverage = ratio({
  ...described, id: "gross_margin_coverage", variantOf: "gross_margin", variant: "known_cost", unit: "percent", direction: "context", needs: cost,
  numerator: revenueWithCost, denominator: netRevenue
});

export const ordersPlaced = simple({
  ...ordered, id: "orders_placed", unit: "count", direction: "context", internal: true, needs: [day], where: placed, aggregate: {fn: "count"}
});

const called = [day, "sales_order.cancelled|sales_order.cancelled_at"] as const;

export const ordersCancelled = simple({
  ...ordered, id: "orders_cancelled", page: "service", unit: "count", direction: "down", processStage: "after_sales", needs: called,
  where: [...placed, {column: "is_cancelled", is: "=", values: [true]}], dimensions: [...dimensions, "reason"], aggregate: {fn: "count"}
});

export const orderCancellationRate = ratio({
  ...described, id: "order_cancellation_rate", page: "service", unit: "percent", direction: "down", processStage: "after_sales", owner: "head of service", needs: called,
  numerator: ordersCancelled, denominator: ordersPlaced
});

/** In reading order. */
export const orderMetrics: readonly Metric[] = [
  orders, salesValue, salesValueConstant, salesValueInvoiced, netRevenue, netRevenueInvoiced, grossProfit, costedRevenue, grossMargin, grossMarginCoverage,
  ordersPlaced, ordersCancelled, orderCancellationRate
];
