// <kpi-drivers chain="new_leads opportunities_created opportunities_won revenue_won"></kpi-drivers>: what moved the last
// of the chain, factor by factor.

import {driverChart} from "../components/driverChart.js";
import {splitChain} from "../query/explain/why.js";
import {metricIds, oneOf, optional} from "./attributes.js";
import {defineElement, faceOf, referenceOf, references, stateQuestion} from "./definition.js";

export const kpiDriversElement = defineElement({
  name: "kpi-drivers",
  attributes: {chain: metricIds(), against: optional(oneOf("comparison", references))},
  questions: ({chain}, state, context) => [{metrics: chain, ...stateQuestion(state, context)}],
  render([answer], {chain, ...wanted}, state, context) {
    const against = wanted.against ?? referenceOf(state);
    const value = (metric: string, role: "current" | "previous" | "last_year") => answer!.rows.find((row) => row.metric === metric && row.role === role && row.total)?.value ?? null;
    const values = new Map(chain.map((metric) => [metric, {before: value(metric, against), after: value(metric, "current")}]));
    return driverChart(answer!, {
      chain: chain.map((metric) => faceOf(metric, context)),
      against,
      shares: splitChain(chain, values),
      heading: "h3",
      interactive: context.onChange !== undefined,
      ...(context.room && {room: context.room}),
      format: context.format,
      document: context.document
    });
  }
});
