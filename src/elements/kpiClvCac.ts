// <kpi-clv-cac by="source"></kpi-clv-cac>: what customers brought in their first year over what they cost, of those who are a year old; period="all"
// takes all of them, whatever period is chosen.

import {emptyState} from "../components/emptyState.js";
import {clvCac} from "../components/value/clvCac.js";
import {dimensionApplies, findMetric, whyNoDimension} from "../query/catalogue.js";
import type {ReaderState} from "../query/state.js";
import {maturedAfter, maturedMetrics, maturedPeriod} from "../query/value/matured.js";
import type {DimensionId} from "../metrics/define.js";
import {dimensionId, oneOf, optional} from "./attributes.js";
import {defineElement, faceOf, hasDimension, periodOf, type ReportContext} from "./definition.js";
import {withMaking} from "./withMaking.js";

/**
 * Returns the filters by which the cost is known, and the dimensions of the others: profit of some customers over the cost of all would be
 * the ratio of none. Where cost is not known by the members, profit stands alone and takes all filters.
 */
function filtersOf({filters}: ReaderState, by: DimensionId, {catalogue, manifest}: ReportContext) {
  const takes = (dimension: DimensionId) => dimensionApplies(findMetric(maturedMetrics.cost, catalogue), dimension, manifest.dimensions);
  const kept = takes(by) ? filters.filter(({dimension}) => takes(dimension)) : filters;
  return {kept, unfiltered: filters.filter((filter) => !kept.includes(filter)).map(({dimension}) => dimension)};
}

const filtered = (filters: ReaderState["filters"]) => (filters.length > 0 ? {filters} : {});

const ids = Object.values(maturedMetrics);

export const kpiClvCacElement = defineElement({
  name: "kpi-clv-cac",
  attributes: {by: dimensionId(), period: optional(oneOf("period", ["all"]))},
  questions({by, period: whole}, state, context) {
    const period = maturedPeriod(whole ?? periodOf(state, context).key, context.manifest);
    return period === null || !hasDimension(by, context) ? [] : [{metrics: ids, by: [by], period, compare: [], ...filtered(filtersOf(state, by, context).kept)}];
  },
  // A filter that changes no number is named all the same.
  marked: ({by}, state, context) => (hasDimension(by, context) ? filtersOf(state, by, context).unfiltered : []),
  render([answer], {by}, state, context) {
    const {format, document, manifest, onChange, room} = context;
    if (!answer) return hasDimension(by, context) ? emptyState({why: "immature", format, document}) : emptyState({why: whyNoDimension(by, manifest), columns: [format.dimension(by)], format, document});
    const {profit, cost, ratio, payback} = maturedMetrics;
    const face = (id: string) => faceOf(id, context);
    const metrics = {profit: face(profit), cost: face(cost), ratio: face(ratio), payback: face(payback)};
    return withMaking(clvCac(answer, {metrics, unfiltered: filtersOf(state, by, context).unfiltered, days: maturedAfter, format, document, heading: "h3", interactive: onChange !== undefined, ...(room && {room})}), ids, context);
  }
});
