// What goes from one stock to another with nothing left over: the waterfalls that a page can draw.

import type {Metric} from "./define.js";
import {leadsLost, leadsOpen, leadsOpened, leadsReopened, leadsWon} from "./leadOutcomes.js";
import {moveSign, pipelineEnd, pipelineMoves, pipelineStart, pipelineWaterfall, type PipelineMove} from "./pipelineWaterfall.js";
import {netNewRevenueSubscription} from "./retention.js";
import {mrrChurn, mrrContraction, mrrEnd, mrrExpansion, mrrNew, mrrRates, mrrReactivation, mrrStart} from "./subscriptions.js";

export interface WaterfallMove {
  readonly move: string;
  readonly metric: Metric;
  /** −1 for what takes away; what can go both ways has its own sign. */
  readonly sign: 1 | -1;
  /** Good or bad for the business: a deal that is won leaves the pipeline too. A move that is not said stands for neither. */
  readonly tone?: "good" | "bad";
  /** Left out where no source feeds it: by the stock's definition nothing of it moved then. */
  readonly optional?: true;
}

export interface WaterfallKind {
  /** The metric whose definition covers all bars. */
  readonly face: Metric;
  readonly start: Metric;
  /** The start is the stock as of the day before the period: a question of its own. */
  readonly startsBefore?: true;
  /** In the order in which they are drawn. */
  readonly moves: readonly WaterfallMove[];
  readonly end: Metric;
}

const pipelineTones: Readonly<Partial<Record<PipelineMove, "good" | "bad">>> = {
  created: "good", pulled_in: "good", reopened: "good", increased: "good", decreased: "bad", pushed_out: "bad", won: "good", lost: "bad"
};

const pipeline: WaterfallKind = {
  face: pipelineWaterfall, start: pipelineStart, end: pipelineEnd,
  moves: (Object.keys(pipelineMoves) as PipelineMove[]).map((move) => {
    const tone = pipelineTones[move];
    return {move, metric: pipelineMoves[move], sign: moveSign(move), ...(tone && {tone})};
  })
};

const mrr: WaterfallKind = {
  face: netNewRevenueSubscription, start: mrrStart, end: mrrEnd,
  moves: [
    {move: "new", metric: mrrNew, sign: 1, tone: "good"},
    {move: "expansion", metric: mrrExpansion, sign: 1, tone: "good"},
    {move: "reactivation", metric: mrrReactivation, sign: 1, tone: "good"},
    {move: "contraction", metric: mrrContraction, sign: -1, tone: "bad"},
    {move: "churn", metric: mrrChurn, sign: -1, tone: "bad"},
    {move: "rates", metric: mrrRates, sign: 1}
  ]
};

const leads: WaterfallKind = {
  face: leadsOpen, start: leadsOpen, startsBefore: true, end: leadsOpen,
  moves: [
    {move: "opened", metric: leadsOpened, sign: 1},
    {move: "reopened", metric: leadsReopened, sign: 1, optional: true},
    {move: "won", metric: leadsWon, sign: -1, tone: "good"},
    {move: "lost", metric: leadsLost, sign: -1, tone: "bad"}
  ]
};

export const waterfalls: {readonly pipeline: WaterfallKind; readonly mrr: WaterfallKind; readonly leads: WaterfallKind} = {pipeline, mrr, leads};

export type WaterfallId = keyof typeof waterfalls;

export const waterfallIds = Object.keys(waterfalls) as readonly WaterfallId[];
