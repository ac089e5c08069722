// The ledger behind the waterfall of recurring revenue: the customers whose revenue moved, the file of all.

import {csvText, type CsvValue} from "../../format/csv.js";
import {plainText} from "../../format/text.js";
import {barName} from "../../format/waterfallWords.js";
import type {MovementEntry, MovementsTold, MrrMove} from "../../query/movements/question.js";
import {countText} from "../countText.js";
import {element} from "../element.js";
import {emptyState} from "../emptyState.js";
import type {ComponentOptions} from "../options.js";
import {saveButton} from "../saveButton.js";
import {type TableCell, table} from "../table.js";

export interface MovementListOptions extends ComponentOptions {
  readonly heading?: "h2" | "h3" | "h4";
  /** Hands the reader all of the list as a file; absent where no script runs. */
  readonly save?: () => void;
}

type Words = Pick<ComponentOptions, "format">;

const moveName = (move: MrrMove, {format}: Words): string => barName("mrr", {move, metric: `mrr_${move}`}, {format});

/** Returns the list; a note in its place where there is none. */
export function movementList(told: MovementsTold, options: MovementListOptions): HTMLElement {
  const {format, document, heading = "h3", save} = options;
  const {entries, sums, notApplied} = told;
  if (!entries) return emptyState({why: "no_rows", detail: format.reason("suppressed"), format, document});
  const lines = sums.reduce((all, one) => all + one.count, 0);
  const count = sums.reduce((all, one) => all + (one.move === "rates" ? 0 : one.count), 0);
  if (lines === 0) return emptyState({why: "no_rows", format, document});
  const notes = notApplied.length > 0 ? [format.message("caveat.not_applied", {dimensions: format.list(notApplied.map((id) => format.dimension(id)), "or")})] : [];
  return element(
    document,
    "figure",
    {class: "qd-chart qd-dropped"},
    element(
      document,
      "figcaption",
      {},
      element(document, heading, {class: "qd-finding"}, format.message("movements.finding", {count, period: format.period(told.period)})),
      element(document, "p", {class: "qd-subtitle"}, sumsText(told, options))
    ),
    listTable(told, entries, lines, options),
    element(document, "p", {class: "qd-caveats"}, [format.message("movements.note"), ...notes].join(" · ")),
    save && saveButton(format.message("movements.save", {count: lines}), save, document)
  );
}

/** "New: 8, €2,310; Expansion: 6, €1,420; Lost: 5, −€1,840" */
function sumsText({sums}: MovementsTold, {format}: Words): string {
  return sums.filter(({count}) => count > 0).map(({move, count, difference}) =>
    `${moveName(move, {format})}: ${countText(count, {format})}, ${difference > 0 ? "+" : ""}${format.value(difference, "currency")}`).join("; ");
}

const columns = ["move", "before", "after", "difference", "plan", "day"] as const;
const accountLabel = (entries: readonly MovementEntry[], {format}: Words): string => format.message(entries.some(({record}) => record !== null) ? "movements.record" : "movements.customer");

/** "Basic → Pro" where the plan changed. */
const planText = ({planBefore, planAfter}: MovementEntry): string => [...new Set([planBefore, planAfter].filter((plan) => plan !== null))].join(" → ");

function listTable(told: MovementsTold, entries: readonly MovementEntry[], count: number, {format, document}: MovementListOptions): HTMLElement {
  const money = (value: number, note?: string): TableCell => ({text: format.value(value, "currency", {precise: true, bare: true}), sort: value, ...(note !== undefined && {note})});
  const isMoney = (key: string) => key === "before" || key === "after" || key === "difference";
  return table(
    {
      caption: format.message("movements.caption", {shown: entries.length, count}),
      columns: [{label: accountLabel(entries, {format})}, ...columns.map((key) => ({label: format.message(`movements.${key}`), ...(isMoney(key) && {numeric: true, unit: format.unit("currency")})}))],
      rows: entries.map((entry): TableCell[] => [
        entry.record === null ? {text: countText(entry.customer, {format}), sort: entry.customer} : {text: plainText(entry.record)},
        {text: moveName(entry.move, {format})}, money(entry.before), money(entry.after),
        money(entry.difference, entry.unrated && format.message("movements.unrated")),
        {text: plainText(planText(entry))}, {text: format.date(entry.day), sort: entry.day}
      ])
    },
    {format, document}
  );
}

/** Returns the ledger as CSV, amounts unrounded; nothing that a spreadsheet would run. */
export function movementsCsv({entries}: Pick<MovementsTold, "entries">, {format}: Words): string {
  const all = entries ?? [];
  return csvText(
    [accountLabel(all, {format}), ...columns.map((key) => format.message(`movements.${key}`))],
    all.map((entry): CsvValue[] => [entry.record ?? entry.customer, moveName(entry.move, {format}), entry.before, entry.after, entry.difference, planText(entry), entry.day])
  );
}
