// <kpi-trend metric="revenue_won" by="region"></kpi-trend>: a number over time, beside last year or by member.

import {emptyState} from "../components/emptyState.js";
import {trendChart} from "../components/trendChart.js";
import {whyNoDimension} from "../query/catalogue.js";
import {happenedTo} from "./actions.js";
import {count, dimensionId, grain, oneMetric, optional} from "./attributes.js";
import {defineElement, faceOf, hasDimension, periodOf, periodsPerYear, stateQuestion, trendOf} from "./definition.js";
import {withMaking} from "./withMaking.js";

export const kpiTrendElement = defineElement({
  name: "kpi-trend",
  attributes: {...oneMetric(), by: optional(dimensionId()), grain: optional(grain()), count: optional(count(120))},
  questions({metric, by, ...wanted}, state, context) {
    if (by !== undefined && !hasDimension(by, context)) return [];
    const {period, filters} = stateQuestion(state, context);
    const shown = trendOf(periodOf(state, context), wanted.grain, wanted.count);
    const trend = by === undefined ? {grain: shown.grain, count: shown.count + periodsPerYear(shown.grain)} : shown;
    return [{metrics: [metric], period, ...(filters && {filters}), ...(by !== undefined && {by: [by]}), trend}];
  },
  render([answer], {metric, by, ...wanted}, state, context) {
    const {format, document, manifest} = context;
    if (!answer) return emptyState({why: whyNoDimension(by!, manifest), columns: [format.dimension(by!)], format, document});
    return withMaking(trendChart(answer, {
      metric: faceOf(metric, context),
      show: trendOf(periodOf(state, context), wanted.grain, wanted.count).count,
      happened: happenedTo(metric, answer.question.filters, context),
      ...(by !== undefined && {domain: manifest.dimensions.find(({id}) => id === by)!.members}),
      heading: "h3",
      interactive: context.onChange !== undefined,
      ...(context.room && {room: context.room}),
      format,
      document
    }), [metric], context);
  }
});
