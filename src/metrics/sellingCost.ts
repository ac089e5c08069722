// What selling costs, and what it returns.

import {cumulative, derived, ratio, simple, type Metric} from "./define.js";
import {revenueWon} from "./opportunities.js";
import {grossProfit, netRevenue} from "./orders.js";

const described = {
  owner: "head of sales", status: "checked", version: 1, since: "2026-11-22", page: "sales", dateRule: "E", processStage: "closing"
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

export const wonValuePerSellingCost = ratio({
  ...described, id: "won_value_per_selling_cost", variantOf: "won_value_per_owner", page: "sales", variant: "per_selling_cost", unit: "ratio", direction: "up",
  needs: [...revenueWon.needs, ...costOfSales.needs], numerator: revenueWon, denominator: costOfSales
});

/** What the CRM is taken to gain the company a year, in the report's currency. */
export interface CrmGain {
  readonly low: number;
  readonly base: number;
  readonly high: number;
}

const crm = {...described, owner: "head of operations", processStage: "lead_management"} as const;

export const crmCost = simple({
  ...crm, id: "crm_cost", page: "adoption", unit: "currency", direction: "down", mart: "fct_cost_day", time: "date", dimensions: ["team", "type"],
  needs: costOfSales.needs, where: [{column: "scope", is: "=", values: ["crm"]}], aggregate: {fn: "sum", column: "amount"}
});

const yearly = {...crm, unit: "currency", direction: "context", internal: true, window: "fiscal_year"} as const;
const costOfYear = cumulative({...yearly, id: "crm_cost_of_year", needs: crmCost.needs, measure: crmCost});

function roi(id: string, at: keyof CrmGain, more: {readonly variant: string; readonly variantOf?: string}): Metric {
  const needs = ["assumption.crm_gain", ...crmCost.needs];
  const gain = simple({
    ...crm, id: `crm_gain_${at}`, unit: "currency", direction: "up", internal: true, mart: "fct_crm_gain", time: "date", dimensions: [], needs,
    aggregate: {fn: "sum", column: at}
  });
  return derived({
    ...crm, ...more, id, page: "adoption", unit: "percent", direction: "up", needs,
    inputs: {gain: cumulative({...yearly, id: `crm_gain_${at}_of_year`, needs, measure: gain}), cost: costOfYear},
    formula: ["/", ["-", "gain", "cost"], "cost"]
  });
}

export const crmRoi = roi("crm_roi", "base", {variant: "base"});
export const crmRoiLow = roi("crm_roi_low", "low", {variant: "low", variantOf: "crm_roi"});
export const crmRoiHigh = roi("crm_roi_high", "high", {variant: "high", variantOf: "crm_roi"});

/** In reading order. */
export const sellingCost: readonly Metric[] = [costOfSales, costOfSalesRatio, salesRoi, wonValuePerSellingCost, crmCost, crmRoi, crmRoiLow, crmRoiHigh];
