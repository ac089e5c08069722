// What selling costs, and what it returns.

import {derived, ratio, simple, type Metric} from "./define.js";
import {grossProfit, netRevenue} from "./orders.js";

const described = {
  owner: "head of sales", status: "checked", version: 1, since: "2026-11-22", page: "index", dateRule: "E", processStage: "closing"
} as const;

export const costOfSales = simple({
  ...described, id: "cost_of_sales", unit: "currency", direction: "down", mart: "fct_cost_day", time: "date", dimensions: ["team", "source", "type"],
  needs: ["cost.amount", "cost.scope"], where: [{column: "scope", is: "=", values: ["selling"]}], aggregate: {fn: "sum", column: "amount"}
});

export const costOfSalesRatio = ratio({
  ...described, id: "cost_of_sales_ratio", unit: "percent", direction: "down", needs: [...costOfSales.needs, ...netRevenue.needs],
  numerator: costOfSales, denominator: netRevenue
});

export const salesRoi = derived({
  ...described, id: "sales_roi", unit: "percent", direction: "up", needs: [...grossProfit.needs, ...costOfSales.needs],
  inputs: {profit: grossProfit, cost: costOfSales}, formula: ["/", ["-", "profit", "cost"], "cost"]
});

/** In reading order. */
export const sellingCost: readonly Metric[] = [costOfSales, costOfSalesRatio, salesRoi];
