// The open pipeline: stocks on a census day.

import {balance, type Metric} from "./define.js";

const described = {
  owner: "head of sales", status: "checked", version: 1, since: "2026-11-22", page: "pipeline",
  direction: "up", dateRule: "S", processStage: "closing", mart: "fct_opportunity_span",
  from: "valid_from", to: "valid_to", undated: "is_undated",
  dimensions: ["region", "team", "owner", "source", "product", "segment", "stage", "close_month", "forecast_category"]
} as const;

export const openOpportunities = balance({
  ...described, id: "open_opportunities", unit: "count", needs: ["opportunity.state"], aggregate: {fn: "count"}
});

export const openPipeline = balance({
  ...described, id: "open_pipeline", unit: "currency", needs: ["opportunity.state", "opportunity.amount"],
  aggregate: {fn: "sum", column: "amount"}, sized: "amount"
});

export const weightedPipeline = balance({
  ...described, id: "weighted_pipeline", unit: "currency", needs: ["opportunity.state", "opportunity.amount"],
  aggregate: {fn: "sum_product", columns: ["amount", "probability"]}
});

/** In reading order. */
export const pipeline: readonly Metric[] = [
  openOpportunities, openPipeline, weightedPipeline
];
