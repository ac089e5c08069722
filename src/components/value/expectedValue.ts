// What the model expects of the customers: who still buys, how often, and what it is worth; or why it says nothing.

import type {ExpectedValue, ValueTold} from "../../query/value/question.js";
import {countText} from "../countText.js";
import {element} from "../element.js";
import {emptyState} from "../emptyState.js";
import {table, type TableCell} from "../table.js";
import {fitNotes, noEstimateWords, purchasesText, type ValueViewOptions} from "./frame.js";

/** Returns the figure; where no model holds it says why, and which number to read instead. */
export function expectedValue(told: ValueTold, options: ValueViewOptions): HTMLElement {
  const {format, document, heading = "h3"} = options;
  const {expected, reason, isHidden, notApplied, asOf} = told;
  if (expected?.customers === 0) return emptyState({why: "no_rows", format, document});
  const finding = reason !== null ? noEstimateWords(reason, told, options) : expected === null ? format.message("value.hidden") : findingOf(expected, options);
  const notes = [
    ...(reason !== null ? [format.message("value.none.instead")] : []),
    ...fitNotes(told, options),
    ...(notApplied.length > 0 ? [format.message("caveat.not_applied", {dimensions: format.list(notApplied.map((id) => format.dimension(id)), "or")})] : [])
  ];
  const subtitle = format.message("value.expected.subtitle", {unit: format.unit("currency") || "none", as_of: format.date(asOf)});
  return element(
    document,
    "figure",
    {class: "qd-chart", ...(reason !== null && {"data-why": reason}), ...(isHidden && {"data-why": "hidden"})},
    element(document, "figcaption", {}, element(document, heading, {class: "qd-finding"}, finding), element(document, "p", {class: "qd-subtitle"}, subtitle)),
    expected !== null && numbers(expected, subtitle, options),
    element(document, "p", {class: "qd-caveats"}, notes.join(" · "))
  );
}

function findingOf({customers, alive, purchases, value}: ExpectedValue, {format}: ValueViewOptions): string {
  return format.message("value.expected.finding", {
    alive: purchasesText(alive, {format}), customers: countText(customers, {format}), share: format.percent(alive / customers), known: value[0] === null ? "no" : "yes",
    value: format.value(value[0], "currency"), each: format.value(value[0] === null ? null : value[0] / customers, "currency"), purchases: purchasesText(purchases[0], {format})
  });
}

function numbers({customers, alive, purchases, value}: ExpectedValue, caption: string, {format, document}: ValueViewOptions): HTMLElement {
  const say = (key: string, months = 0) => format.message(`value.expected.${key}`, {months});
  const money = (amount: number | null): TableCell => ({text: format.value(amount, "currency", {precise: true}), sort: amount});
  const spans = [0, 1] as const;
  return table(
    {
      caption,
      columns: [{label: say("what")}, {label: say("all"), numeric: true}, {label: say("each"), numeric: true}],
      rows: [
        [{text: say("alive")}, {text: purchasesText(alive, {format}), sort: alive}, {text: format.percent(alive / customers, 1), sort: alive / customers}],
        ...spans.map((k): TableCell[] => [{text: say("purchases", 12 * (k + 1))}, {text: purchasesText(purchases[k], {format}), sort: purchases[k]}, {text: purchasesText(purchases[k] / customers, {format}, true), sort: purchases[k] / customers}]),
        ...spans.map((k): TableCell[] => [{text: say("value", 12 * (k + 1))}, money(value[k]), money(value[k] === null ? null : value[k] / customers)])
      ]
    },
    {format, document}
  );
}
