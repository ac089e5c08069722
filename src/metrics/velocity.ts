// Speed: how long opportunities stay in each stage, and what the pipeline brings in a day.

import {cumulative, derived, ratio, simple, type Metric} from "./define.js";
import {averageDealSize, salesCycleDays, winRate} from "./opportunities.js";
import {openOpportunities} from "./pipeline.js";

const described = {
  owner: "head of sales", status: "checked", version: 1, since: "2026-11-22", page: "pipeline", direction: "down", dateRule: "C", processStage: "closing"
} as const;
const visits = {
  ...described, mart: "fct_stage_visit", time: "entered_date", dimensions: ["region", "team", "owner", "source", "product", "segment", "stage"],
  needs: ["opportunity.state", "opportunity_stage_history.entered_at|opportunity_field_history.changed_at"]
} as const;
const stay = {fn: "survival", duration: "days", ended: "has_ended", above: 0.1} as const;

export const timeInStage = simple({...visits, id: "time_in_stage", variant: "median", unit: "days", aggregate: {...stay, q: 0.5}});

export const timeInStageP75 = simple({
  ...visits, id: "time_in_stage_p75", variantOf: "time_in_stage", variant: "p75", unit: "days", aggregate: {...stay, q: 0.75}
});

export const timeInStageP90 = simple({
  ...visits, id: "time_in_stage_p90", variantOf: "time_in_stage", variant: "p90", unit: "days", aggregate: {...stay, q: 0.9}
});

export const timeInStageByExit = simple({
  ...visits, id: "time_in_stage_by_exit", variantOf: "time_in_stage", variant: "by_exit", unit: "days", dateRule: "E", time: "left_date",
  aggregate: {fn: "median", column: "days"}
});

const ofClosed = {
  ...visits, variantOf: "time_in_stage", unit: "days", dateRule: "E", time: "closed_date", aggregate: {fn: "median", column: "days"}
} as const;

export const timeInStageWon = simple({...ofClosed, id: "time_in_stage_won", variant: "won", where: [{column: "state", is: "=", values: ["won"]}]});
export const timeInStageLost = simple({...ofClosed, id: "time_in_stage_lost", variant: "lost", where: [{column: "state", is: "=", values: ["lost"]}]});

/** What has not ended yet: days so far. */
export const timeInStageOpen = simple({
  ...visits, id: "time_in_stage_open", variantOf: "time_in_stage", variant: "open", unit: "days", aggregate: {fn: "median", column: "days"},
  where: [{column: "state", is: "=", values: ["open"]}, {column: "has_ended", is: "=", values: [false]}]
});

export const stageVisits = simple({
  ...visits, id: "stage_visits", unit: "count", direction: "context", internal: true, aggregate: {fn: "sum", column: "visits"}
});

export const stageBackMoves = simple({
  ...visits, id: "stage_back_moves", unit: "count", internal: true, aggregate: {fn: "sum", column: "back_moves"}
});

export const stageBackRate = ratio({
  ...described, id: "stage_back_rate", unit: "percent", needs: visits.needs, numerator: stageBackMoves, denominator: stageVisits
});

const passes = {...visits, unit: "count", direction: "context", dateRule: "E", time: "passed_date", internal: true, aggregate: {fn: "count"}} as const;

export const stagesPassed = simple({...passes, id: "stages_passed"});
export const stagesSkipped = simple({...passes, id: "stages_skipped", where: [{column: "is_skipped", is: "=", values: [true]}]});

export const stageSkipRate = ratio({
  ...described, id: "stage_skip_rate", unit: "percent", direction: "context", dateRule: "E", needs: visits.needs, numerator: stagesSkipped, denominator: stagesPassed
});

const trailing = {...described, direction: "context", dateRule: "E", internal: true, window: {days: 90}} as const;

export const winRate90Days = cumulative({...trailing, id: "win_rate_90_days", unit: "percent", needs: winRate.needs, measure: winRate});
export const averageDealSize90Days = cumulative({...trailing, id: "average_deal_size_90_days", unit: "currency", needs: averageDealSize.needs, measure: averageDealSize});
export const salesCycleDays90Days = cumulative({...trailing, id: "sales_cycle_days_90_days", unit: "days", needs: salesCycleDays.needs, measure: salesCycleDays});

export const salesVelocity = derived({
  ...described, id: "sales_velocity", unit: "currency", direction: "up", dateRule: "S",
  needs: [...new Set([...openOpportunities.needs, ...winRate.needs, ...averageDealSize.needs, ...salesCycleDays.needs])],
  inputs: {
    open: openOpportunities, win_rate: winRate90Days, size: averageDealSize90Days, cycle: salesCycleDays90Days
  },
  formula: ["/", ["*", ["*", "open", "win_rate"], "size"], "cycle"]
});

/** In reading order. */
export const velocity: readonly Metric[] = [
  timeInStage, timeInStageP75, timeInStageP90, timeInStageByExit, timeInStageWon, timeInStageLost, timeInStageOpen, stageVisits, stageBackMoves, stageBackRate,
  stagesPassed, stagesSkipped, stageSkipRate, winRate90Days, averageDealSize90Days, salesCycleDays90Days, salesVelocity
];
