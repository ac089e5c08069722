// How near forecasts came: those stated at the time, as they stood when their period began or was half over.

import {derived, simple, type Metric} from "./define.js";
import {revenueWon} from "./opportunities.js";

const described = {
  owner: "head of sales", status: "checked", version: 1, since: "2026-11-22", page: "pipeline", dateRule: "E", processStage: "closing",
  needs: ["forecast.amount", "forecast.period", "forecast.stated_on", ...revenueWon.needs]
} as const;

const taken = (moment: "start" | "mid", category: "commit" | "best case", what: "stated" | "won") => ({
  ...described, unit: "currency", direction: "context", internal: true, mart: "fct_forecast", time: "date", dimensions: ["region", "team", "owner"],
  where: [
    {column: "moment", is: "=", values: [moment]}, {column: "category", is: "=", values: [category]}, {column: "what", is: "=", values: [what]}
  ],
  empty: what === "stated" ? null : 0, aggregate: {fn: "sum", column: "amount"}
} as const);

export const forecastStated = simple({...taken("start", "commit", "stated"), id: "forecast_stated"});
export const forecastStatedMid = simple({...taken("mid", "commit", "stated"), id: "forecast_stated_mid"});
export const forecastStatedBestCase = simple({...taken("start", "best case", "stated"), id: "forecast_stated_best_case"});
export const forecastOutcome = simple({...taken("start", "commit", "won"), id: "forecast_outcome"});
export const forecastOutcomeMid = simple({...taken("mid", "commit", "won"), id: "forecast_outcome_mid"});
export const forecastOutcomeBestCase = simple({...taken("start", "best case", "won"), id: "forecast_outcome_best_case"});

const scored = {...described, unit: "percent", signed: true, minN: 1} as const;
const atStart = {stated: forecastStated, won: forecastOutcome} as const;
const halfWay = {stated: forecastStatedMid, won: forecastOutcomeMid} as const;
const hoped = {stated: forecastStatedBestCase, won: forecastOutcomeBestCase} as const;

/** 1 − |F − A| ÷ A, over one divisor. */
const near = {
  ...scored, direction: "up", formula: ["/", ["-", "won", ["max", ["-", "stated", "won"], ["-", "won", "stated"]]], "won"]
} as const;

export const forecastAccuracy = derived({...near, id: "forecast_accuracy", variant: "frozen_at_start", inputs: atStart});
export const forecastAccuracyMid = derived({...near, id: "forecast_accuracy_mid", variantOf: "forecast_accuracy", variant: "frozen_half_way", inputs: halfWay});
export const forecastAccuracyBestCase = derived({...near, id: "forecast_accuracy_best_case", variantOf: "forecast_accuracy", variant: "best_case", inputs: hoped});

const off = {...scored, direction: "context", formula: ["/", ["-", "stated", "won"], "won"]} as const;

export const forecastBias = derived({...off, id: "forecast_bias", variant: "frozen_at_start", inputs: atStart});
export const forecastBiasMid = derived({...off, id: "forecast_bias_mid", variantOf: "forecast_bias", variant: "frozen_half_way", inputs: halfWay});
export const forecastBiasBestCase = derived({...off, id: "forecast_bias_best_case", variantOf: "forecast_bias", variant: "best_case", inputs: hoped});

/** In reading order. */
export const forecastScores: readonly Metric[] = [
  forecastStated, forecastStatedMid, forecastStatedBestCase, forecastOutcome, forecastOutcomeMid, forecastOutcomeBestCase,
  forecastAccuracy, forecastAccuracyMid, forecastAccuracyBestCase, forecastBias, forecastBiasMid, forecastBiasBestCase
];
