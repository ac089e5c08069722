// The months as they were told: a line each, the newest first, with what was said then and what the report says now.

import type {Unit} from "../../metrics/define.js";
import type {FrozenMonth} from "../../query/manifest.js";
import type {Period} from "../../query/question.js";
import {plainText} from "../../format/text.js";
import {element} from "../element.js";
import type {ComponentOptions} from "../options.js";
import {table, type TableCell} from "../table.js";

export interface MonthKpi {
  readonly id: string;
  readonly unit: Unit;
  /** What the report says now, by month. */
  readonly now: ReadonlyMap<string, number | null>;
}

export interface MonthTableData {
  readonly months: readonly FrozenMonth[];
  /** The period of each month. */
  readonly periods: ReadonlyMap<string, Period>;
  readonly kpis: readonly MonthKpi[];
}

/** Returns the table of frozen months. A number that is another one now is told with both. */
export function monthTable({months, periods, kpis}: MonthTableData, {format, document}: ComponentOptions): HTMLElement {
  if (months.length === 0) return element(document, "p", {class: "qd-caveats"}, format.message("snapshots.empty"));
  const named = months.some(({publisher}) => publisher !== null);
  const rows = [...months].reverse().map((one): TableCell[] => {
    const month = format.period(periods.get(one.month)!);
    const note = one.replacedBy !== null ? format.message("snapshots.replaced", {id: one.replacedBy}) : one.replaces === null ? undefined : format.message("snapshots.corrects", {id: one.replaces.id, reason: plainText(one.replaces.reason)});
    return [
      {text: one.replaces === null ? month : format.message("snapshots.corrected", {month}), sort: one.id, link: {href: `./${one.id}/index.html`, rel: "external"}, ...(note !== undefined && {note}), ...(one.replacedBy !== null && {muted: true})},
      {text: format.date(one.asOf), sort: one.asOf},
      {text: format.date(one.frozenOn), sort: one.frozenOn},
      ...(named ? [{text: plainText(one.publisher ?? "")}] : []),
      ...kpis.map(({id, unit, now}): TableCell => {
        const then = one.values[id] ?? null;
        const present = now.get(one.month) ?? null;
        const [old, restated] = [then, present].map((value) => format.value(value, unit)) as [string, string];
        return {text: old === restated ? old : format.message("snapshots.now", {old, now: restated}), sort: then};
      })
    ];
  });
  const columns = [{label: format.message("snapshots.month")}, {label: format.message("snapshots.as_of"), numeric: true}, {label: format.message("snapshots.published"), numeric: true}, ...(named ? [{label: format.message("snapshots.publisher")}] : []), ...kpis.map(({id}) => ({label: format.metric(id), numeric: true}))];
  return table({caption: format.message("snapshots.caption"), columns, rows, max: 24}, {format, document});
}
