// <kpi-why metric="win_rate" by="segment"></kpi-why>: what moved the number, segment by segment.

import {emptyState} from "../components/emptyState.js";
import {splitChart} from "../components/splitChart.js";
import {findMetric, whyNoDimension} from "../query/catalogue.js";
import {splitBySegment} from "../query/explain/why.js";
import {count, dimensionId, oneMetric, oneOf, optional} from "./attributes.js";
import {defineElement, faceOf, hasDimension, referenceOf, references, stateQuestion} from "./definition.js";

export const kpiWhyElement = defineElement({
  name: "kpi-why",
  attributes: {...oneMetric(), by: dimensionId(), against: optional(oneOf("comparison", references)), max: optional(count(100))},
  questions: ({metric, by}, state, context) => (hasDimension(by, context) ? [{metrics: [metric], by: [by], ...stateQuestion(state, context)}] : []),
  render([answer], {metric, by, max, ...wanted}, state, context) {
    const {format, document, manifest, catalogue} = context;
    if (!answer) return emptyState({why: whyNoDimension(by, manifest), columns: [format.dimension(by)], format, document});
    const against = wanted.against ?? referenceOf(state);
    return splitChart(answer, {
      metric: faceOf(metric, context),
      dimension: by,
      against,
      split: splitBySegment(findMetric(metric, catalogue), answer.rows, against),
      ...(max !== undefined && {max}),
      heading: "h3",
      interactive: context.onChange !== undefined,
      ...(context.room && {room: context.room}),
      format,
      document
    });
  }
});
