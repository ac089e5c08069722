// Numbers that were published and are others in a later month: old, new, and why.

import type {Unit} from "../../metrics/define.js";
import type {RestatedNumber} from "../../query/manifest.js";
import type {Period} from "../../query/question.js";
import {plainText} from "../../format/text.js";
import {element} from "../element.js";
import type {ComponentOptions} from "../options.js";
import {table, type TableCell} from "../table.js";

export interface RestatementTableData {
  /** How many months are frozen: one alone is compared with nothing. */
  readonly months: number;
  readonly restated: readonly RestatedNumber[];
  readonly periodOf: (key: string) => Period;
  readonly unitOf: (metric: string) => Unit;
  readonly hrefOf: (metric: string) => string;
}

/** Returns the table of restated numbers, or a sentence that there are none. */
export function restatementTable({months, restated, periodOf, unitOf, hrefOf}: RestatementTableData, {format, document}: ComponentOptions): HTMLElement {
  if (restated.length === 0) return element(document, "p", {class: "qd-caveats"}, format.message(months < 2 ? "snapshots.none_yet" : "snapshots.none"));
  const rows = restated.map((one): TableCell[] => {
    const number = (value: number | null): TableCell => ({text: format.value(value, unitOf(one.metric), {precise: true}), sort: value});
    return [
      {text: format.metric(one.metric), link: {href: hrefOf(one.metric)}},
      {text: format.period(periodOf(one.period)), sort: one.period},
      number(one.old), number(one.new),
      {text: causeWords(one, {format})},
      {text: format.date(one.seenOn), sort: one.seenOn}
    ];
  });
  const label = (key: string, numeric = false) => ({label: format.message(key), numeric});
  const columns = [label("snapshots.kpi"), label("snapshots.period"), label("snapshots.published", true), label("snapshots.restated", true), label("snapshots.why"), label("snapshots.noted", true)];
  return table({caption: format.message("snapshots.restated_caption"), columns, rows, max: 25}, {format, document});
}

/** Returns why a number changed: "14 late entries, 1 reopened". */
export const causeWords = ({causes}: Pick<RestatedNumber, "causes">, {format}: Pick<ComponentOptions, "format">): string =>
  causes.map(({cause, records, detail}) => format.message(`snapshots.cause.${cause}`, {count: records, versions: plainText(detail ?? "")})).join(", ");
