// <kpi-actions></kpi-actions>: what was done about KPIs, and whether it worked. Depends on no choice of the reader.

import {actionList, type JudgedAction} from "../components/actionList.js";
import {trendRows} from "../components/rows.js";
import type {Metric} from "../metrics/define.js";
import {parsePeriod} from "../query/calendar.js";
import {findMetric, missingData} from "../query/catalogue.js";
import {judgeAction, neededPeriods} from "../query/explain/action.js";
import {rulesOf} from "../query/explain/series.js";
import type {Action} from "../query/manifest.js";
import type {Grain, Question} from "../query/question.js";
import {chosenId} from "../query/variants.js";
import {grain, metricIds, optional} from "./attributes.js";
import {defineElement, faceOf, type ReportContext} from "./definition.js";
import {seriesLength} from "./kpiSignal.js";

export const kpiActionsElement = defineElement({
  name: "kpi-actions",
  attributes: {metrics: optional(metricIds()), grain: optional(grain())},
  questions: ({metrics, grain = "month"}, _state, context) => shown(metrics, context).flatMap((action) => questionOf(action, grain, context) ?? []),
  render(answers, {metrics, grain = "month"}, _state, context) {
    const {format, document} = context;
    let next = 0;
    const actions = shown(metrics, context).map((action): JudgedAction => {
      if (!questionOf(action, grain, context)) return {action, judged: null};
      const answer = answers[next++]!;
      const metric = metricOf(action, context);
      const rules = {...rulesOf(metric), start: action.start, expected: expectedOf(action, metric), minN: metric.minN ?? 10};
      return {action, judged: {metric: faceOf(metric.id, context), answer, result: judgeAction(trendRows(answer, metric.id), rules)}};
    });
    return actionList({actions, needed: neededPeriods, interactive: context.onChange !== undefined, format, document});
  }
});

function shown(metrics: readonly string[] | undefined, {manifest, catalogue}: ReportContext): readonly Action[] {
  const actions = manifest.actions ?? [];
  return metrics ? actions.filter(({metric, fault}) => metrics.includes(fault === undefined ? chosenId(metric, manifest, catalogue) : metric)) : actions;
}

const metricOf = ({metric}: Action, {manifest, catalogue}: ReportContext): Metric => findMetric(chosenId(metric, manifest, catalogue), catalogue);

/** None of an action that cannot be read, or whose KPI has no data. */
function questionOf(action: Action, of: Grain, context: ReportContext): Question | null {
  const {fault, segment} = action;
  if (fault !== undefined) return null;
  const metric = metricOf(action, context);
  if (missingData(metric, context.manifest)) return null;
  const {key} = parsePeriod(`closed:${of}`, context.manifest);
  return {metrics: [metric.id], period: key, ...(segment && {filters: [{dimension: segment.dimension, values: [segment.value]}]}), trend: {grain: of, count: seriesLength[of]}};
}

/** What was expected, else the direction in which the KPI is good. */
function expectedOf({expected}: Action, {direction}: Metric): "up" | "down" | null {
  return expected?.direction ?? (direction === "context" ? null : direction);
}
