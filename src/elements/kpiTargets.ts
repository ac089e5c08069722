// <kpi-targets metrics="revenue_won win_rate"></kpi-targets>: how numbers stand to their goals; with `by`, one number by member.

import {emptyState} from "../components/emptyState.js";
import {targetTable, type TargetLine} from "../components/targetTable.js";
import type {Metric} from "../metrics/define.js";
import {findMetric, whyNoDimension} from "../query/catalogue.js";
import {isOutOfReach, progressOf, unallocated} from "../query/explain/progress.js";
import {shapePeriods, shapesOf} from "../query/explain/shapes.js";
import type {Answer, AnswerRow} from "../query/question.js";
import {dimensionId, metricIds, optional} from "./attributes.js";
import {defineElement, faceOf, hasDimension, periodOf, stateQuestion, trendOf} from "./definition.js";

/** Closed periods that say what can be reached. */
const past = 12;

export const kpiTargetsElement = defineElement({
  name: "kpi-targets",
  attributes: {metrics: metricIds(), by: optional(dimensionId())},
  questions({metrics, by}, state, context) {
    if (by !== undefined && !hasDimension(by, context)) return [];
    const period = periodOf(state, context);
    const {filters} = stateQuestion(state, context);
    const asked = {metrics: by === undefined ? metrics : metrics.slice(0, 1), ...(by !== undefined && {by: [by]}), ...(filters && {filters})};
    const {grain} = trendOf(period);
    return [{...asked, period: period.key, trend: {grain, count: past + 1}}, ...shapePeriods(period).flatMap(({whole, toDate}) => [toDate, whole].map((key) => ({...asked, period: key})))];
  },
  render([answer, ...years], {metrics, by}, _state, context) {
    const {format, document, manifest, catalogue} = context;
    if (!answer) return emptyState({why: whyNoDimension(by!, manifest), columns: [format.dimension(by!)], format, document});
    const line = (row: AnswerRow): TargetLine => {
      const metric = findMetric(row.metric, catalogue);
      const trend = answer.rows.filter((one) => one.role === "trend" && like(one, row) && !one.period.part && one.period.start < row.period.start);
      return {
        metric: faceOf(row.metric, context), row,
        progress: progressOf({
          value: row.value, target: row.target ?? null, direction: metric.direction, grows: grows(metric),
          workdays: row.period.workdays ?? [1, 1],
          shapes: shapesOf(pairs(years, row))
        }),
        outOfReach: row.target != null && isOutOfReach(row.target, trend.map(({value}) => value), metric.direction)
      };
    };
    const current = answer.rows.filter(({role}) => role === "current");
    const lines = current.filter(({total, target}) => (by === undefined ? total : !total && target != null)).map(line);
    const total = by === undefined ? undefined : current.find((row) => row.total);
    return targetTable({
      lines,
      ...(by !== undefined && {dimension: by}),
      ...(total && {total: line(total), unallocated: unallocated(total.target ?? null, lines.map(({row}) => row.target ?? null))}),
      caption: format.message("targets.caption", {metric: by === undefined ? "" : format.metric(metrics[0]!), by: by === undefined ? "none" : format.dimension(by, "sentence"), period: format.period(answer.period)}),
      play: "attainment",
      interactive: context.onChange !== undefined,
      format,
      document
    });
  }
});

const like = (a: AnswerRow, b: AnswerRow) => a.metric === b.metric && a.total === b.total && a.members.every((member, k) => member === b.members[k]);

/** The value to date and of the whole period, in each earlier year. */
function pairs(years: readonly Answer[], row: AnswerRow) {
  const value = (answer: Answer | undefined) => answer?.rows.find((one) => one.role === "current" && like(one, row))?.value ?? null;
  return Array.from({length: years.length >> 1}, (_, k) => ({toDate: value(years[2 * k]), whole: value(years[2 * k + 1])}));
}

const grows = (metric: Metric): boolean => metric.type === "simple" && metric.additivity === "full";
