// <kpi-drivers metric="revenue_won"></kpi-drivers>: what moved the number, driver by driver, by the tree declared for it in
// src/metrics/drivers.ts or in the settings; `tree` names another. `chain` is a tree of its own: "new_leads
// opportunities_created revenue_won" is the last, taken apart into the first and what each brings of the next.

import {driverChart} from "../components/driverChart.js";
import {chainTree, metricsOf, type DriverTree} from "../metrics/drivers.js";
import {splitTree} from "../query/explain/drivers.js";
import {treesOf} from "../query/drivers.js";
import {AttributeError, drivenId, metricIds, oneOf, optional, treeName, variantName} from "./attributes.js";
import {defineElement, faceOf, referenceOf, references, stateQuestion, type ReportContext} from "./definition.js";

interface Chosen {
  readonly metric: string | undefined;
  readonly tree: string | undefined;
  readonly chain: readonly string[] | undefined;
}

function treeOf({metric, tree, chain}: Chosen, {manifest}: Pick<ReportContext, "manifest">): DriverTree {
  if (chain) return chainTree(chain, "chain");
  const own = treesOf(manifest).filter((one) => one.metric === metric);
  const found = tree === undefined ? own[0] : own.find(({name}) => name === tree);
  if (found) return found;
  if (metric === undefined) throw new AttributeError("<kpi-drivers> names neither a metric nor a chain", "", []);
  throw new AttributeError(`<kpi-drivers>: ${metric} has no driver tree called “${tree}”`, tree!, own.map(({name}) => name));
}

export const kpiDriversElement = defineElement({
  name: "kpi-drivers",
  attributes: {metric: optional(drivenId()), variant: variantName(), tree: optional(treeName()), chain: optional(metricIds()), against: optional(oneOf("comparison", references))},
  questions: (chosen, state, context) => [{metrics: metricsOf(treeOf(chosen, context)), ...stateQuestion(state, context)}],
  render([answer], {against: wanted, ...chosen}, state, context) {
    const tree = treeOf(chosen, context);
    const against = wanted ?? referenceOf(state);
    const value = (metric: string, role: "current" | "previous" | "last_year") => answer!.rows.find((row) => row.metric === metric && row.role === role && row.total)?.value ?? null;
    const ids = metricsOf(tree);
    return driverChart(answer!, {
      metrics: ids.map((metric) => faceOf(metric, context)),
      against,
      shares: splitTree(tree, new Map(ids.map((metric) => [metric, {before: value(metric, against), after: value(metric, "current")}]))),
      heading: "h3",
      interactive: context.onChange !== undefined,
      ...(context.room && {room: context.room}),
      format: context.format,
      document: context.document
    });
  }
});
