// What became of the pipeline that is due in a period, between the day before it and its last: the bars of a waterfall.

import {derived, movement, type Formula, type Metric, type MovementMetric, type MovementPart} from "./define.js";

const described = {
  owner: "head of sales", status: "checked", version: 1, since: "2026-11-22", page: "pipeline", processStage: "closing", direction: "context", unit: "currency", dateRule: "F",
  needs: [
    "opportunity.state", "opportunity.amount", "opportunity.expected_close_date",
    "opportunity_field_history.changed_at|opportunity_stage_history.expected_close_date"
  ]
} as const;

const bar = (part: MovementPart): MovementMetric => movement({
  ...described, id: `pipeline_${part}`, internal: true, dateRule: part === "start" || part === "end" ? "S" : "F",
  mart: "fct_pipeline_span", entity: "opportunity", from: "valid_from", to: "valid_to", value: "amount", within: {due: "due_date", state: "state"}, part, measure: "value",
  dimensions: ["region", "team", "owner", "source", "product", "segment"]
});

export const pipelineStart = bar("start");
export const pipelineEnd = bar("end");

/** Between start and end, in the order in which they are drawn; what takes away is subtracted. */
export const pipelineMoves = {
  created: bar("created"),
  pulled_in: bar("pulled_in"),
  reopened: bar("reopened"),
  increased: bar("increased"),
  transferred_in: bar("transferred_in"),
  decreased: bar("decreased"),
  transferred_out: bar("transferred_out"),
  pushed_out: bar("pushed_out"),
  won: bar("won"),
  lost: bar("lost")
} as const;

export type PipelineMove = keyof typeof pipelineMoves;

const takesAway: readonly PipelineMove[] = ["decreased", "transferred_out", "pushed_out", "won", "lost"];

/** 1 where a move adds to the pipeline, −1 where it takes away. */
export const moveSign = (move: PipelineMove): 1 | -1 => (takesAway.includes(move) ? -1 : 1);

const moves = Object.keys(pipelineMoves) as PipelineMove[];

export const pipelineWaterfall = derived({
  ...described, id: "pipeline_waterfall", signed: true, minN: 0, inputs: pipelineMoves,
  formula: moves.slice(1).reduce<Formula>((sum, move) => [moveSign(move) === 1 ? "+" : "-", sum, move], moves[0]!)
});

/** In reading order. */
export const waterfallMetrics: readonly Metric[] = [pipelineStart, ...Object.values(pipelineMoves), pipelineEnd, pipelineWaterfall];
