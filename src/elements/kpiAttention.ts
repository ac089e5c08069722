// <kpi-attention metrics="win_rate new_leads" by="segment"></kpi-attention>: which KPIs stand badly, and what to do.

import {attentionList, type Attention} from "../components/attentionList.js";
import {roleOf} from "../components/definitionWords.js";
import {memberRows, sameMembers} from "../components/rows.js";
import {playFor} from "../metrics/playbook.js";
import {dimensionApplies, findMetric} from "../query/catalogue.js";
import {splitBySegment, type SegmentShare} from "../query/explain/why.js";
import type {Metric} from "../metrics/define.js";
import type {Answer} from "../query/question.js";
import {dimensionId, metricIds, optional} from "./attributes.js";
import {defineElement, faceOf, hasDimension, periodOf, referenceOf, stateQuestion, trendOf} from "./definition.js";
import {ownPlayOf, toleranceOf} from "../query/rules.js";
import {seriesTrend} from "./kpiSignal.js";
import {standingIn} from "./standing.js";

const shownSegments = 5;

export const kpiAttentionElement = defineElement({
  name: "kpi-attention",
  attributes: {metrics: metricIds(), by: optional(dimensionId())},
  questions({metrics, by}, state, context) {
    const period = periodOf(state, context);
    const trend = seriesTrend(metrics.map((id) => findMetric(id, context.catalogue)), period, trendOf(period).grain, context.manifest);
    const split = by !== undefined && hasDimension(by, context) ? metrics.filter((id) => dimensionApplies(findMetric(id, context.catalogue), by, context.manifest.dimensions)) : [];
    return [
      {metrics, ...stateQuestion(state, context), trend},
      ...(split.length > 0 ? [{metrics: split, by: [by!], ...stateQuestion(state, context)}] : [])
    ];
  },
  render([answer, segments], {metrics, by}, state, context) {
    const {format, document, definitionHref, catalogue, manifest} = context;
    const judged = metrics.filter((id) => !answer!.missing.some(({metric}) => metric === id)).map((id) => standingIn(answer!, findMetric(id, catalogue), manifest));
    const against = referenceOf(state);
    const items = judged.filter(({stands}) => stands === "bad").map(({metric, row, verdict, point, held, missed}): Attention => {
      const kpi = metric.variantOf ?? metric.id;
      const own = ownPlayOf(kpi, manifest);
      return {
        metric: faceOf(metric.id, context),
        row: row!,
        point: verdict === "worse" ? point : null,
        missed: missed ? held : null,
        play: playFor(kpi)?.id,
        ...(own && {own}),
        role: roleOf({owner: own?.owner ?? metric.owner}, format),
        ...(segments ? movedMost(metric, segments, against) : {segments: [], adds: true, on: against}),
        dimension: by ?? ""
      };
    });
    const tolerances = [...new Set(judged.map(({metric}) => toleranceOf(metric.variantOf ?? metric.id, manifest)))];
    return attentionList({items, looked: judged.length, unknown: judged.filter(({stands}) => stands === "unknown").length, tolerance: tolerances.length === 1 ? tolerances[0]! : null, definitionHref, format, document});
  }
});

/** Where nothing got worse on the one period, as where only a goal is missed, what got worse on the other. */
function movedMost(metric: Metric, answer: Answer, against: "previous" | "last_year"): Pick<Attention, "segments" | "adds" | "on"> {
  const first = {...worstOf(metric, answer, against), on: against};
  if (first.segments.length > 0) return first;
  const on = against === "previous" ? "last_year" : "previous";
  return {...worstOf(metric, answer, on), on};
}

/** The segments that moved the number most in the bad direction; where parts do not make the whole, those that moved so themselves. */
function worstOf(metric: Metric, answer: Answer, against: "previous" | "last_year"): Pick<Attention, "segments" | "adds"> {
  const split = splitBySegment(metric, answer.rows, against);
  const bad = metric.direction === "up" ? -1 : 1;
  const worst = (parts: readonly SegmentShare[]) => parts.filter(({change}) => Math.sign(change) === bad).slice(0, shownSegments);
  if (typeof split !== "string") return {segments: worst(split.parts), adds: true};
  const own = split === "no_value" ? [] : memberRows(answer, metric.id).flatMap((after): SegmentShare[] => {
    const before = sameMembers(answer, after, against);
    const floor = metric.minN ?? 10;
    if (after.value === null || before?.value == null || after.n < floor || before.n < floor) return [];
    const change = after.value - before.value;
    return [{member: after.members[0] ?? null, before, after, change, rate: change, volume: 0}];
  });
  return {segments: worst(own.sort((a, b) => Math.abs(b.change) - Math.abs(a.change))), adds: false};
}
