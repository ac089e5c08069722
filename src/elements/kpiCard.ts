// <kpi-card metric="win_rate"></kpi-card>: one number with its comparisons and its recent course. With switch="variant" it shows
// the definition that a reader chose in <kpi-variants>.

import {kpiCard} from "../components/kpiCard.js";
import {comparisons, type ReaderState} from "../query/state.js";
import {readerId} from "../query/variants.js";
import {focusPlace, oneMetric, oneOf, optional} from "./attributes.js";
import {defineElement, faceOf, periodOf, stateQuestion, trendOf, type ReportContext} from "./definition.js";
import {restatedFrom} from "./restatedFrom.js";
import {withMaking} from "./withMaking.js";

const shownId = ({metric, switch: switched}: {readonly metric: string; readonly switch?: string | undefined}, {variants}: ReaderState, {manifest, catalogue}: ReportContext): string =>
  (switched ? readerId(metric, variants, manifest, catalogue) : metric);

export const kpiCardElement = defineElement({
  name: "kpi-card",
  attributes: {...oneMetric(), focus: focusPlace(), compare: optional(oneOf("comparison", comparisons)), switch: optional(oneOf("choice", ["variant"]))},
  questions: (attributes, state, context) => [{metrics: [shownId(attributes, state, context)], ...stateQuestion(state, context), trend: trendOf(periodOf(state, context))}],
  render([answer], attributes, state, context) {
    const metric = shownId(attributes, state, context);
    return withMaking(kpiCard(answer!, {
      metric: faceOf(metric, context),
      compare: attributes.compare ?? state.compare ?? "previous",
      definitionHref: context.definitionHref(metric),
      heading: "h3",
      // A part of the number was never published.
      restated: state.filters.length === 0 ? restatedFrom(metric, answer!.period.key, context) : undefined,
      format: context.format,
      document: context.document
    }), [metric], context);
  }
});
