// <kpi-bars metric="win_rate" by="team"></kpi-bars>: a number by member, largest first.

import {barChart} from "../components/barChart.js";
import {emptyState} from "../components/emptyState.js";
import {whyNoDimension} from "../query/catalogue.js";
import {count, dimensionId, oneMetric, optional} from "./attributes.js";
import {defineElement, faceOf, hasDimension, referenceOf, stateQuestion} from "./definition.js";
import {withMaking} from "./withMaking.js";

export const kpiBarsElement = defineElement({
  name: "kpi-bars",
  attributes: {...oneMetric(), by: dimensionId(), max: optional(count(100))},
  questions: ({metric, by}, state, context) => (hasDimension(by, context) ? [{metrics: [metric], by: [by], ...stateQuestion(state, context)}] : []),
  render([answer], {metric, by, max}, state, context) {
    const {format, document, manifest} = context;
    if (!answer) return emptyState({why: whyNoDimension(by, manifest), columns: [format.dimension(by)], format, document});
    return withMaking(barChart(answer, {
      metric: faceOf(metric, context),
      compare: referenceOf(state),
      ...(max !== undefined && {max}),
      heading: "h3",
      interactive: context.onChange !== undefined,
      ...(context.room && {room: context.room}),
      format,
      document
    }), [metric], context);
  }
});
