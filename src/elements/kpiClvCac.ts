// <kpi-clv-cac by="source"></kpi-clv-cac>: what customers brought in their first year over what they cost, of those who are a year old.

import {emptyState} from "../components/emptyState.js";
import {clvCac} from "../components/value/clvCac.js";
import {whyNoDimension} from "../query/catalogue.js";
import {maturedAfter, maturedMetrics, maturedPeriod} from "../query/value/matured.js";
import {dimensionId} from "./attributes.js";
import {defineElement, faceOf, hasDimension, periodOf} from "./definition.js";
import {withMaking} from "./withMaking.js";

const ids = Object.values(maturedMetrics);

export const kpiClvCacElement = defineElement({
  name: "kpi-clv-cac",
  attributes: {by: dimensionId()},
  questions({by}, state, context) {
    const period = maturedPeriod(periodOf(state, context).key, context.manifest);
    return period === null || !hasDimension(by, context) ? [] : [{metrics: ids, by: [by], period, compare: [], ...(state.filters.length > 0 && {filters: state.filters})}];
  },
  render([answer], {by}, _state, context) {
    const {format, document, manifest, onChange, room} = context;
    if (!answer) return hasDimension(by, context) ? emptyState({why: "immature", format, document}) : emptyState({why: whyNoDimension(by, manifest), columns: [format.dimension(by)], format, document});
    const {profit, cost, ratio, payback} = maturedMetrics;
    const face = (id: string) => faceOf(id, context);
    const metrics = {profit: face(profit), cost: face(cost), ratio: face(ratio), payback: face(payback)};
    return withMaking(clvCac(answer, {metrics, days: maturedAfter, format, document, heading: "h3", interactive: onChange !== undefined, ...(room && {room})}), ids, context);
  }
});
