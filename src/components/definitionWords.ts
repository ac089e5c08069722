// What a definition says of a metric, as plain text: for the page and for definitions.json.

import type {Metric, Window} from "../metrics/define.js";
import type {Defined} from "../metrics/targets.js";
import type {Formatter} from "../format/formatter.js";
import {formulaText} from "./formula.js";

/** Returns the definition; of a measure that the settings keep, one by its aggregate. Undefined where there are no words. */
export function definitionOf(metric: Defined, format: Formatter): string | undefined {
  const key = `metric.${metric.id}.definition`;
  if (format.has(key)) return format.message(key);
  return metric.label !== undefined && metric.type === "simple" ? format.message(`definition.custom.${metric.aggregate.fn}`, {label: format.metric(metric.id)}) : undefined;
}

/** Returns the edge cases, or undefined where none are told. */
export function edgesOf({id}: Pick<Metric, "id">, format: Formatter): string | undefined {
  const key = `metric.${id}.edges`;
  return format.has(key) ? format.message(key) : undefined;
}

/** Returns the formula in one line; windows in words. */
export function formulaOf(metric: Defined, format: Formatter): string {
  if (metric.type === "target") return format.message(`metric.${metric.id}.formula`);
  if (metric.type !== "cumulative") return formulaText(metric, (id) => nameOf(id, format));
  return format.message("definition.cumulative", {metric: nameOf(metric.measure.id, format), window: windowName(metric.window), count: windowLength(metric.window)});
}

/** Returns the label of a metric; the id of one that is declared inside another and has no words. */
export const nameOf = (id: string, format: Formatter): string => (format.has(`metric.${id}.label`) ? format.message(`metric.${id}.label`) : id);

/** Returns the role that answers for the metric; roles that the product does not name stand as declared. */
export function roleOf({owner}: Pick<Metric, "owner">, format: Formatter): string {
  const key = `role.${owner.replaceAll(" ", "_")}`;
  return format.has(key) ? format.message(key) : owner;
}

const windowName = (window: Window): string => (typeof window === "string" ? window : "days" in window ? "days" : "months");
const windowLength = (window: Window): number => (typeof window === "string" ? 0 : "days" in window ? window.days : window.months);
