// <kpi-bars metric="win_rate" by="team"></kpi-bars>: a number by member, largest first. What a reader chooses of `by` is
// marked among the others, not shown alone; other choices filter. With compare="none" no other period stands beside it;
// months="12" takes so many months up to the period's end.

import {barChart} from "../components/barChart.js";
import {emptyState} from "../components/emptyState.js";
import {monthsUpTo} from "../query/calendar.js";
import {whyNoDimension} from "../query/catalogue.js";
import type {ReaderState} from "../query/state.js";
import {count, dimensionId, oneMetric, oneOf, optional} from "./attributes.js";
import {defineElement, faceOf, hasDimension, periodOf, referenceOf, stateQuestion} from "./definition.js";
import {withMaking} from "./withMaking.js";

const chosenOf = ({filters}: ReaderState, by: string) => filters.find(({dimension}) => dimension === by)?.values ?? [];
const others = (state: ReaderState, by: string): ReaderState => ({...state, filters: state.filters.filter(({dimension}) => dimension !== by)});

export const kpiBarsElement = defineElement({
  name: "kpi-bars",
  attributes: {...oneMetric(), by: dimensionId(), max: optional(count(100)), compare: optional(oneOf("comparison", ["none"])), months: optional(count(60))},
  questions({metric, by, compare, months}, state, context) {
    if (!hasDimension(by, context)) return [];
    const span = months === undefined ? {} : {period: monthsUpTo(periodOf(state, context), months, context.manifest)};
    return [{metrics: [metric], by: [by], ...stateQuestion(others(state, by), context), ...span, ...(compare && {compare: []})}];
  },
  // Where all are drawn, marking needs no other drawing, and the keyboard stays where it is.
  marked: ({by, max = 12}, state, {manifest}) => (manifest.dimensions.some(({id, members}) => id === by && members.length > max) ? chosenOf(state, by) : []),
  render([answer], {metric, by, max}, state, context) {
    const {format, document, manifest} = context;
    if (!answer) return emptyState({why: whyNoDimension(by, manifest), columns: [format.dimension(by)], format, document});
    return withMaking(barChart(answer, {
      metric: faceOf(metric, context),
      compare: referenceOf(state),
      ...(max !== undefined && {max}),
      chosen: chosenOf(state, by),
      heading: "h3",
      interactive: context.onChange !== undefined,
      ...(context.room && {room: context.room}),
      format,
      document
    }), [metric], context);
  }
});
