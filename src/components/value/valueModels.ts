// What models say a customer is worth, beside one another: of whom, over how long, and what each takes for granted.

import {element} from "../element.js";
import {emptyState} from "../emptyState.js";
import {table, type TableCell} from "../table.js";
import {countText} from "../countText.js";
import type {ValueViewOptions} from "./frame.js";

/** In this order. `historic` looks back, the others ahead. */
export const valueModelIds = ["historic", "simple", "simple_subscription", "model", "survival"] as const;

export interface ValueModelLine {
  readonly id: (typeof valueModelIds)[number];
  /** Of one customer; null with the reason in words. */
  readonly value: number | null;
  readonly reason?: string;
  readonly interval?: readonly [number, number];
  /** Customers that it rests on. */
  readonly customers: number | null;
  /** Months that a survival curve reaches. */
  readonly months?: number;
  /** Without a known cost it is revenue. */
  readonly isRevenue?: boolean;
}

/** Returns the figure; a note in its place where the data feed no model. */
export function valueModels(lines: readonly ValueModelLine[], {format, document, heading = "h3"}: ValueViewOptions): HTMLElement {
  if (lines.length === 0) return emptyState({why: "no_rows", format, document});
  const told = lines.filter(({value, isRevenue}) => value !== null && !isRevenue).map(({value}) => value!);
  const finding = told.length > 1
    ? format.message("value.models.finding", {count: told.length, low: format.value(Math.min(...told), "currency"), high: format.value(Math.max(...told), "currency")})
    : format.message("value.models.finding_few", {count: told.length});
  const subtitle = format.message("value.models.subtitle", {unit: format.unit("currency") || "none"});
  const money = (value: number): string => format.value(value, "currency", {precise: true});
  const say = (key: string, values: Readonly<Record<string, string | number>> = {}) => format.message(`value.models.${key}`, values);
  return element(
    document,
    "figure",
    {class: "qd-chart qd-value-models"},
    element(document, "figcaption", {}, element(document, heading, {class: "qd-finding"}, finding), element(document, "p", {class: "qd-subtitle"}, subtitle)),
    table({
      caption: subtitle,
      columns: [{label: say("column.model")}, {label: say("column.value"), numeric: true}, {label: say("column.interval"), numeric: true}, {label: say("column.customers"), numeric: true}, {label: say("column.span")}, {label: say("column.assumes")}],
      rows: lines.map(({id, value, reason, interval, customers, months = 0, isRevenue}): TableCell[] => [
        {text: say(`name.${id}`)},
        {text: value === null ? "–" : money(value), sort: value, ...(value === null && reason !== undefined && {note: reason})},
        {text: interval ? `${money(interval[0])}–${money(interval[1])}` : "–", sort: interval ? interval[0] : null},
        {text: customers === null ? "–" : countText(customers, {format}), sort: customers},
        {text: say(`span.${id}`, {months})},
        {text: value === null && reason !== undefined ? reason : `${say(`assumes.${id}`)}${isRevenue ? ` ${say("revenue")}` : ""}`}
      ])
    }, {format, document}),
    element(document, "p", {class: "qd-caveats"}, say("note"))
  );
}
