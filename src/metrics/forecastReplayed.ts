// What would have been forecast on past days, from what was known then, and how near it came: replayed, never stated by anybody.

import {derived, simple, type Metric} from "./define.js";
import {revenueWon} from "./opportunities.js";

const needs = [...new Set([
  ...revenueWon.needs, "opportunity.expected_close_date", "opportunity_field_history.changed_at|opportunity_stage_history.expected_close_date"
])];
const categories = [...needs, "opportunity_field_history.changed_at|opportunity_stage_history.forecast_category"];
const described = {
  owner: "head of sales", status: "checked", version: 1, since: "2026-11-22", page: "pipeline", dateRule: "E", processStage: "closing"
} as const;

const rows = (moment: "start" | "mid", ...what: readonly ("stated" | "later" | "won")[]) => ({
  ...described, unit: "currency", direction: "context", needs, mart: "fct_forecast_replayed", time: "date",
  dimensions: ["region", "team", "owner", "source", "product", "segment", "forecast_category"],
  where: [{column: "moment", is: "=", values: [moment]}, {column: "what", is: what.length === 1 ? "=" : "in", values: what}]
} as const);
const weighed = (column: string) => ({fn: "sum_product", columns: ["amount", column]} as const);
const another = (variant: string) => ({id: `forecast_replayed_${variant}`, variantOf: "forecast_replayed", variant});

export const forecastReplayed = simple({...rows("start", "stated"), id: "forecast_replayed", variant: "stage_history", minN: 0, aggregate: weighed("by_stage")});
export const forecastReplayedInPeriod = simple({...rows("start", "stated", "later"), ...another("stage_history_in_period"), minN: 0, aggregate: weighed("in_period")});
export const forecastReplayedCommit = simple({...rows("start", "stated"), ...another("commit"), needs: categories, minN: 0, aggregate: weighed("commit")});
export const forecastReplayedBestCase = simple({...rows("start", "stated"), ...another("best_case"), needs: categories, minN: 0, aggregate: weighed("best_case")});
export const forecastReplayedPipeline = simple({...rows("start", "stated"), ...another("pipeline"), minN: 0, aggregate: {fn: "sum", column: "amount"}});
export const forecastReplayedHalfWay = simple({...rows("mid", "stated"), ...another("half_way"), minN: 0, aggregate: weighed("by_stage")});
export const forecastReplayedRunRate = simple({...rows("mid", "stated"), ...another("run_rate"), minN: 0, aggregate: {fn: "sum", column: "pace_amount"}});

export const forecastReplayedOutcome = simple({...rows("start", "won"), id: "forecast_replayed_outcome", internal: true, aggregate: {fn: "sum", column: "amount"}});
export const forecastReplayedOutcomeMid = simple({...rows("mid", "won"), id: "forecast_replayed_outcome_mid", internal: true, aggregate: {fn: "sum", column: "amount"}});

/** By the name of the variant: what was forecast, and what was won. */
const replays = {
  replayed: {forecast: forecastReplayed, won: forecastReplayedOutcome},
  replayed_in_period: {forecast: forecastReplayedInPeriod, won: forecastReplayedOutcome},
  replayed_commit: {forecast: forecastReplayedCommit, won: forecastReplayedOutcome},
  replayed_best_case: {forecast: forecastReplayedBestCase, won: forecastReplayedOutcome},
  replayed_pipeline: {forecast: forecastReplayedPipeline, won: forecastReplayedOutcome},
  replayed_half_way: {forecast: forecastReplayedHalfWay, won: forecastReplayedOutcomeMid},
  replayed_run_rate: {forecast: forecastReplayedRunRate, won: forecastReplayedOutcomeMid}
} as const;

const scored = Object.entries(replays).map(([variant, inputs]) => ({...described, unit: "percent", signed: true, needs: inputs.forecast.needs, variant, inputs} as const));

/** 1 − |F − A| ÷ A, over one divisor. */
const accuracies = scored.map((score) => derived({
  ...score, id: `forecast_accuracy_${score.variant}`, variantOf: "forecast_accuracy", direction: "up",
  formula: ["/", ["-", "won", ["max", ["-", "forecast", "won"], ["-", "won", "forecast"]]], "won"]
}));

const biases = scored.map((score) => derived({
  ...score, id: `forecast_bias_${score.variant}`, variantOf: "forecast_bias", direction: "context", formula: ["/", ["-", "forecast", "won"], "won"]
}));

/** In reading order. */
export const forecastReplays: readonly Metric[] = [
  forecastReplayed, forecastReplayedInPeriod, forecastReplayedCommit, forecastReplayedBestCase, forecastReplayedPipeline, forecastReplayedHalfWay, forecastReplayedRunRate,
  forecastReplayedOutcome, forecastReplayedOutcomeMid, ...accuracies, ...biases
];
