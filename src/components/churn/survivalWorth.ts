// What a customer is worth over the months that customers stay: of all, and by member where there is a breakdown.

import type {SurvivalCurve, SurvivalTold} from "../../query/survival/question.js";
import type {StayWorth} from "../../query/survival/worth.js";
import {countText} from "../countText.js";
import {element} from "../element.js";
import {emptyState} from "../emptyState.js";
import type {ComponentOptions} from "../options.js";
import {table, type TableCell} from "../table.js";

export interface SurvivalWorthOptions extends ComponentOptions {
  readonly heading?: "h2" | "h3" | "h4";
  /** Days of a month of the told ages. */
  readonly month: number;
  /** Gross profit ÷ revenue; null where no cost is known. */
  readonly margin: number | null;
  /** What money a year later is worth less. */
  readonly discount: number;
  readonly worthOf: (curve: SurvivalCurve, margin: number | null) => StayWorth | null;
  readonly survivingAt: (curve: SurvivalCurve, age: number) => {readonly surviving: number} | null;
}

/** Returns the figure; a note in its place where too few are known, or nobody's payment is. */
export function survivalWorth(told: SurvivalTold, options: SurvivalWorthOptions): HTMLElement {
  const {format, document, heading = "h3", month, margin, discount, worthOf, survivingAt} = options;
  const {total, by, curves, notApplied, least} = told;
  const all = worthOf(total, margin);
  if (total.suppressed || all === null) {
    const why = total.suppressed ? format.reason("suppressed") : format.message(total.monthlyValue === null && total.customers > 0 ? "survival.worth.no_value" : "survival.worth.few", {least});
    return emptyState({why: "no_rows", detail: why, format, document});
  }
  const kind = margin === null ? "revenue" : "profit";
  const staying = survivingAt(total, all.months * month)?.surviving ?? null;
  const subtitle = format.message("survival.worth.subtitle", {kind, by: by === undefined ? "none" : format.dimension(by, "sentence"), count: total.customers, as_of: format.date(told.asOf)});
  const notes = [
    format.message("survival.worth.note.made", {kind, margin: margin === null ? "" : format.percent(margin, 1), discount: format.percent(discount)}),
    ...(staying !== null && staying > 0 ? [format.message("survival.worth.note.end", {months: all.months, share: format.percent(staying, 0)})] : []),
    format.message("survival.worth.note.alike"),
    ...(notApplied.length > 0 ? [format.message("caveat.not_applied", {dimensions: format.list(notApplied.map((id) => format.dimension(id)), "or")})] : [])
  ];
  const finding = format.message("survival.worth.finding", {kind, months: all.months, value: format.value(all.value, "currency"), low: format.value(all.low, "currency"), high: format.value(all.high, "currency")});
  return element(
    document,
    "figure",
    {class: "qd-chart"},
    element(document, "figcaption", {}, element(document, heading, {class: "qd-finding"}, finding), element(document, "p", {class: "qd-subtitle"}, subtitle)),
    numbers(told, subtitle, options),
    element(document, "p", {class: "qd-caveats"}, notes.join(" · "))
  );
}

function numbers({total, by, curves, least}: SurvivalTold, caption: string, {format, document, month, margin, worthOf}: SurvivalWorthOptions): HTMLElement {
  const money = (amount: number): TableCell => ({text: format.value(amount, "currency", {precise: true}), sort: amount});
  const none = (note?: string): TableCell => ({text: "–", sort: null, ...(note !== undefined && {note})});
  const column = (name: string) => ({label: format.message(`survival.worth.column.${name}`), numeric: true});
  return table({
    caption,
    columns: [{label: by === undefined ? "" : format.dimension(by)}, ...["value", "low", "high", "monthly", "months", "stay", "customers"].map(column)],
    rows: [total, ...curves].map((curve, k): TableCell[] => {
      const name: TableCell = {text: k === 0 ? format.message("table.total") : format.member(by!, curve.member)};
      const worth = worthOf(curve, margin);
      if (curve.suppressed || worth === null) {
        const why = curve.suppressed ? format.reason("suppressed") : format.message(curve.monthlyValue === null ? "survival.worth.no_value" : "survival.worth.few", {least});
        return [name, none(why), ...Array.from({length: 5}, () => none()), curve.suppressed ? none() : {text: countText(curve.customers, {format}), sort: curve.customers}];
      }
      const stay = curve.discounted!.value / month;
      return [
        name, money(worth.value), money(worth.low), money(worth.high), money(worth.monthly), {text: format.value(worth.months, "ratio", {digits: 0}), sort: worth.months},
        {text: format.value(stay, "ratio", {digits: 1}), sort: stay}, {text: countText(curve.customers, {format}), sort: curve.customers}
      ];
    })
  }, {format, document});
}
