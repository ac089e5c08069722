// <kpi-card metric="win_rate"></kpi-card>: one number with its comparisons and its recent course.

import {kpiCard} from "../components/kpiCard.js";
import {comparisons} from "../query/state.js";
import {focusPlace, oneMetric, oneOf, optional} from "./attributes.js";
import {defineElement, faceOf, periodOf, stateQuestion, trendOf} from "./definition.js";
import {withMaking} from "./withMaking.js";

export const kpiCardElement = defineElement({
  name: "kpi-card",
  attributes: {...oneMetric(), focus: focusPlace(), compare: optional(oneOf("comparison", comparisons))},
  questions: ({metric}, state, context) => [{metrics: [metric], ...stateQuestion(state, context), trend: trendOf(periodOf(state, context))}],
  render: ([answer], {metric, compare}, state, context) =>
    withMaking(kpiCard(answer!, {
      metric: faceOf(metric, context),
      compare: compare ?? state.compare ?? "previous",
      definitionHref: context.definitionHref(metric),
      heading: "h3",
      format: context.format,
      document: context.document
    }), [metric], context)
});
