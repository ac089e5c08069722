// <kpi-funnel funnel="lead_to_cash"></kpi-funnel>: the steps of a funnel, and what became of those who dropped out. Without
// a name: each funnel that the settings add to the shipped ones.

import {element} from "../components/element.js";
import {funnelChart} from "../components/funnel/funnelChart.js";
import {funnels as shipped} from "../metrics/funnels.js";
import {funnelId, optional} from "./attributes.js";
import {defineElement, type ReportContext} from "./definition.js";
import {funnelLook, funnelQuestion} from "./funnels.js";

const shownOf = (funnel: string | undefined, {manifest}: ReportContext): string[] =>
  funnel !== undefined ? [funnel] : (manifest.funnels ?? []).map(({id}) => id).filter((id) => !shipped.some((one) => one.id === id));

export const kpiFunnelElement = defineElement({
  name: "kpi-funnel",
  attributes: {funnel: optional(funnelId())},
  questions: () => [],
  funnels: ({funnel}, state, context) => shownOf(funnel, context).map((id) => funnelQuestion(id, state, context)),
  render(_answers, _attributes, _state, context, told = []) {
    const charts = told.map((one) => funnelChart(one, funnelLook(one, context)));
    return charts.length === 1 ? charts[0]! : element(context.document, "div", {}, charts.map((chart) => element(context.document, "div", {class: "card"}, chart)));
  }
});
