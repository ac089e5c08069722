// <kpi-churn-by by="plan" months="12"></kpi-churn-by>: how many of those who stood at the start left, by what they were then.

import {churnBy} from "../components/churn/churnBy.js";
import {emptyState} from "../components/emptyState.js";
import {mrrStart} from "../metrics/subscriptions.js";
import {missingData} from "../query/catalogue.js";
import {churnTraits} from "../query/churnBy/question.js";
import {toldOf} from "../query/studies.js";
import {wilson} from "../query/wilson.js";
import {count, oneOf, optional} from "./attributes.js";
import {defineElement, periodOf} from "./definition.js";

/** Customers below which a rate is grey and is not compared (kpi-formulas G5). */
const minN = 10;

export const kpiChurnByElement = defineElement({
  name: "kpi-churn-by",
  attributes: {by: oneOf("trait", churnTraits), months: optional(count(60))},
  questions: () => [],
  studies: ({by, months}, state, context) =>
    (missingData(mrrStart, context.manifest) ? [] : [{study: "churnBy", question: {by, period: periodOf(state, context).key, filters: state.filters, ...(months !== undefined && {months})}}]),
  render(_answers, _attributes, _state, context, _funnels, studied) {
    const {document, format, manifest, onChange, room} = context;
    const [told] = toldOf("churnBy", studied);
    if (!told) return emptyState({...missingData(mrrStart, manifest)!, format, document});
    return churnBy(told, {format, document, heading: "h3", interactive: onChange !== undefined, minN, intervalOf: wilson, ...(room && {room})});
  }
});
