// <kpi-rfm></kpi-rfm>: segments of customers by recency, frequency and value, with what to do.

import {rfmSegments} from "../components/customers/rfmSegments.js";
import {rfmMart} from "../metrics/rfm.js";
import {toldOf} from "../query/studies.js";
import {defineElement, periodOf} from "./definition.js";
import {hasOrders, noOrders, rfmLook} from "./rfm.js";

export const kpiRfmElement = defineElement({
  name: "kpi-rfm",
  attributes: {},
  questions: () => [],
  studies: (_attributes, {filters}, context) => (hasOrders(context, rfmMart) ? [{study: "rfm", question: {filters}}] : []),
  // Segments do not follow the period, but say so.
  marked: (_attributes, state, context) => [String(periodOf(state, context).grain === "all")],
  render(_answers, _attributes, state, context, _funnels, studied) {
    const [told] = toldOf("rfm", studied);
    return told ? rfmSegments(told, rfmLook(state, context)) : noOrders(context);
  }
});
