// The forecast of the running month: what is won and what the open pipeline is expected to add.

import {derived, simple, type Metric} from "./define.js";
import {revenueWon} from "./opportunities.js";

const described = {
  owner: "head of sales", status: "checked", version: 1, since: "2026-11-22", page: "pipeline", unit: "currency", direction: "up", dateRule: "S",
  processStage: "closing", minN: 0
} as const;
const needs = [...new Set([...revenueWon.needs, "opportunity.expected_close_date"])];
const categories = [...needs, "opportunity.forecast_category"];
const expected = {
  ...described, internal: true, mart: "fct_expected", time: "date", dimensions: ["region", "team", "owner", "source", "product", "segment"]
} as const;
const due = [{column: "is_due", is: "=", values: [true]}] as const;
const amounts = {...expected, needs: categories, aggregate: {fn: "sum", column: "amount"}, where: due} as const;

export const expectedByStage = simple({
  ...expected, id: "expected_by_stage", needs, where: due, aggregate: {fn: "sum_product", columns: ["amount", "win_chance"]}
});
export const expectedInPeriod = simple({
  ...expected, id: "expected_in_period", needs, aggregate: {fn: "sum_product", columns: ["amount", "chance_in_period"]}
});
export const expectedCommit = simple({...amounts, id: "expected_commit", where: [...due, {column: "category", is: "=", values: ["commit"]}]});
export const expectedBestCase = simple({...amounts, id: "expected_best_case", where: [...due, {column: "category", is: "in", values: ["commit", "best case"]}]});
export const expectedPipeline = simple({...amounts, id: "expected_pipeline"});

const sum = ["+", "won", "open"] as const;

export const forecast = derived({...described, id: "forecast", variant: "stage_history", needs, inputs: {won: revenueWon, open: expectedByStage}, formula: sum, drawn: "open"});

export const forecastInPeriod = derived({
  ...described, id: "forecast_stage_history_in_period", variantOf: "forecast", variant: "stage_history_in_period", needs,
  inputs: {won: revenueWon, open: expectedInPeriod}, formula: sum, drawn: "open"
});

const byCategory = {...described, variantOf: "forecast", needs: categories, formula: sum} as const;

export const forecastCommit = derived({...byCategory, id: "forecast_commit", variant: "commit", inputs: {won: revenueWon, open: expectedCommit}});
export const forecastBestCase = derived({...byCategory, id: "forecast_best_case", variant: "best_case", inputs: {won: revenueWon, open: expectedBestCase}});
export const forecastPipeline = derived({...byCategory, id: "forecast_pipeline", variant: "pipeline", inputs: {won: revenueWon, open: expectedPipeline}});

export const forecastRunRate = derived({
  ...described, id: "forecast_run_rate", variantOf: "forecast", variant: "run_rate", needs: revenueWon.needs,
  inputs: {won: revenueWon, elapsed: {calendar: "elapsed"}}, formula: ["/", "won", "elapsed"]
});

/** In reading order. */
export const forecasts: readonly Metric[] = [
  expectedByStage, expectedInPeriod, expectedCommit, expectedBestCase, expectedPipeline, forecast, forecastInPeriod, forecastCommit, forecastBestCase, forecastPipeline, forecastRunRate
];
