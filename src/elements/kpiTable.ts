// <kpi-table metrics="revenue_won win_rate" by="owner"></kpi-table>: numbers in full; without `by`, one row a metric. With
// compare="none" no other period stands beside it; months="12" takes so many months up to the period's end.

import {dataTable} from "../components/dataTable.js";
import {emptyState} from "../components/emptyState.js";
import {monthsUpTo} from "../query/calendar.js";
import {whyNoDimension} from "../query/catalogue.js";
import {count, dimensionId, metricIds, oneOf, optional} from "./attributes.js";
import {defineElement, faceOf, hasDimension, periodOf, stateQuestion} from "./definition.js";
import {withMaking} from "./withMaking.js";

export const kpiTableElement = defineElement({
  name: "kpi-table",
  attributes: {metrics: metricIds(), by: optional(dimensionId()), max: optional(count(1000)), compare: optional(oneOf("comparison", ["none"])), months: optional(count(60))},
  questions({metrics, by, compare, months}, state, context) {
    if (by !== undefined && !hasDimension(by, context)) return [];
    const span = months === undefined ? {} : {period: monthsUpTo(periodOf(state, context), months, context.manifest)};
    return [{metrics, ...(by !== undefined && {by: [by]}), ...stateQuestion(state, context), ...span, ...(compare && {compare: []})}];
  },
  render([answer], {metrics, by, max, compare}, state, context) {
    const {format, document, manifest} = context;
    if (!answer) return emptyState({why: whyNoDimension(by!, manifest), columns: [format.dimension(by!)], format, document});
    return withMaking(dataTable(answer, {
      metrics: metrics.map((id) => faceOf(id, context)),
      ...(by !== undefined && {compare: compare ? [] : [state.compare ?? "previous"]}),
      ...(max !== undefined && {max}),
      interactive: context.onChange !== undefined,
      format,
      document
    }), metrics, context);
  }
});
