// What is due: opportunities by the month they are expected to close in, against the goal, and how often that month moves.

import {derived, ratio, simple, type Metric} from "./define.js";
import {revenueWon} from "./opportunities.js";

const described = {
  owner: "head of sales", status: "checked", version: 1, since: "2026-11-22", page: "pipeline", direction: "up", dateRule: "S", processStage: "closing"
} as const;
const dimensions = ["region", "team", "owner", "source", "product", "segment"] as const;
const expected = ["opportunity.state", "opportunity.expected_close_date"] as const;

const pipeline = {
  ...described, unit: "currency", internal: true, mart: "fct_pipeline_due", time: "date", dimensions, needs: [...expected, "opportunity.amount"],
  aggregate: {fn: "sum", column: "amount"}
} as const;

export const pipelineDue = simple({...pipeline, id: "pipeline_due", where: [{column: "moment", is: "=", values: ["start"]}]});
export const pipelineDueLeft = simple({...pipeline, id: "pipeline_due_left", where: [{column: "moment", is: "=", values: ["end"]}]});

export const revenueGoal = simple({
  ...described, id: "revenue_goal", unit: "currency", direction: "context", dateRule: "E", internal: true, mart: "fct_month", time: "date", dimensions: [],
  needs: ["target.value"], empty: null, aggregate: {fn: "sum", column: "revenue_goal"}
});

const covered = {...described, unit: "ratio", minN: 1, needs: [...pipeline.needs, ...revenueGoal.needs]} as const;

export const pipelineCoverage = derived({
  ...covered, id: "pipeline_coverage", variant: "at_start", inputs: {due: pipelineDue, goal: revenueGoal}, formula: ["/", "due", "goal"]
});

export const pipelineCoverageRemaining = derived({
  ...covered, id: "pipeline_coverage_remaining", variantOf: "pipeline_coverage", variant: "remaining",
  needs: [...new Set([...covered.needs, ...revenueWon.needs])],
  inputs: {due: pipelineDueLeft, goal: revenueGoal, won: revenueWon}, formula: ["/", "due", ["max", ["-", "goal", "won"], 0]]
});

const due = {
  ...described, direction: "down", dateRule: "E", mart: "fct_due_month", time: "due_date", dimensions,
  needs: [...expected, "opportunity_field_history.changed_at|opportunity_stage_history.expected_close_date"]
} as const;

export const opportunitiesDue = simple({...due, id: "opportunities_due", unit: "count", direction: "context", internal: true, aggregate: {fn: "count"}});

export const opportunitiesSlipped = simple({
  ...due, id: "opportunities_slipped", unit: "count", internal: true, where: [{column: "is_slipped", is: "=", values: [true]}], aggregate: {fn: "count"}
});

export const opportunitiesPulledIn = simple({
  ...due, id: "opportunities_pulled_in", unit: "count", direction: "context", internal: true, where: [{column: "is_pulled_in", is: "=", values: [true]}],
  aggregate: {fn: "count"}
});

const rate = {...described, unit: "percent", dateRule: "E", needs: due.needs, denominator: opportunitiesDue} as const;

export const closeDateSlipRate = ratio({...rate, id: "close_date_slip_rate", direction: "down", numerator: opportunitiesSlipped});
export const closeDatePullInRate = ratio({...rate, id: "close_date_pull_in_rate", direction: "context", numerator: opportunitiesPulledIn});
export const closeDatePushes = simple({...due, id: "close_date_pushes", unit: "ratio", aggregate: {fn: "avg", column: "pushes"}});

/** In reading order. */
export const dueMetrics: readonly Metric[] = [
  pipelineDue, pipelineDueLeft, revenueGoal, pipelineCoverage, pipelineCoverageRemaining,
  opportunitiesDue, opportunitiesSlipped, opportunitiesPulledIn, closeDateSlipRate, closeDatePullInRate, closeDatePushes
];
