// <kpi-concentration></kpi-concentration>: how much of the period's revenue how few customers bring.

import {concentrationCurve} from "../components/customers/concentrationCurve.js";
import {concentrationMart} from "../metrics/rfm.js";
import {toldOf} from "../query/studies.js";
import {defineElement, periodOf} from "./definition.js";
import {hasOrders, noOrders} from "./rfm.js";

export const kpiConcentrationElement = defineElement({
  name: "kpi-concentration",
  attributes: {},
  questions: () => [],
  studies: (_attributes, state, context) => (hasOrders(context, concentrationMart) ? [{study: "concentration", question: {period: periodOf(state, context).key, filters: state.filters}}] : []),
  render(_answers, _attributes, state, context, _funnels, studied) {
    const [told] = toldOf("concentration", studied);
    if (!told) return noOrders(context);
    const {format, document, onChange, room} = context;
    return concentrationCurve(told, {period: format.period(periodOf(state, context)), heading: "h3", interactive: onChange !== undefined, ...(room && {room}), format, document});
  }
});
