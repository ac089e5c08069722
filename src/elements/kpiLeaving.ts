// <kpi-leaving months="12"></kpi-leaving>: what the 90 days before customers leave say, against those of customers who stay.

import {leaving} from "../components/churn/leaving.js";
import {emptyState} from "../components/emptyState.js";
import {subscribersStart} from "../metrics/subscriptions.js";
import {missingData} from "../query/catalogue.js";
import {leavingMart} from "../query/leaving/question.js";
import {toldOf} from "../query/studies.js";
import {count, optional} from "./attributes.js";
import {defineElement, periodOf} from "./definition.js";

/** What the signals are read from. */
const needs = ["ticket.created_at", "product_usage.active_users", "survey_response.score"];

export const kpiLeavingElement = defineElement({
  name: "kpi-leaving",
  attributes: {months: optional(count(60))},
  questions: () => [],
  studies: ({months = 12}, state, {manifest}) =>
    (missingData(subscribersStart, manifest) || !manifest.marts.some(({name}) => name === leavingMart) ? [] : [{study: "leaving", question: {period: periodOf(state, {manifest}).key, months, filters: state.filters}}]),
  render(_answers, _attributes, _state, context, _funnels, studied) {
    const {document, format, manifest, onChange, room} = context;
    const [told] = toldOf("leaving", studied);
    if (!told) return emptyState({...(missingData(subscribersStart, manifest) ?? {why: "not_in_data", columns: needs}), format, document});
    return leaving(told, {format, document, heading: "h3", interactive: onChange !== undefined, ...(room && {room})});
  }
});
