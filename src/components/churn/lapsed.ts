// Customers without a contract: what share counts as lost, by segment, and the log of who was lost and came back.

import {csvText, type CsvValue} from "../../format/csv.js";
import {plainText} from "../../format/text.js";
import type {LapsedEntry, LapsedSegment, LapsedTold} from "../../query/lapsed/question.js";
import {chart, type KeyEntry} from "../chart.js";
import {countText} from "../countText.js";
import {element, svgElement} from "../element.js";
import {emptyState} from "../emptyState.js";
import {swatch} from "../funnel/patterns.js";
import type {ComponentOptions} from "../options.js";
import {finishPlot, plots} from "../plot.js";
import {rankPlot, type RankBar} from "../product/rankPlot.js";
import {saveButton} from "../saveButton.js";
import {table, type TableCell} from "../table.js";

export interface LapsedOptions extends ComponentOptions {
  readonly heading?: "h2" | "h3" | "h4";
  readonly interactive?: boolean;
  /** Of `plots`. */
  readonly room?: number;
  /** Customers below which a share is grey. */
  readonly minN: number;
  /** 95 % interval of a share. */
  readonly intervalOf: (part: number, whole: number) => readonly [number, number];
  /** Hands the reader all of the log as a file; absent where no script runs. */
  readonly save?: () => void;
}

type Words = Pick<ComponentOptions, "format">;

/** Returns the figure; a note in its place where nobody without a contract has ordered. */
export function lapsed(told: LapsedTold, options: LapsedOptions): HTMLElement {
  const {format, document, heading = "h3", interactive = false, room, minN, intervalOf} = options;
  const shown = told.segments.filter(({suppressed, customers}) => !suppressed && customers > 0);
  if (shown.length === 0) return emptyState({why: "no_rows", ...(told.segments.length > 0 && {detail: format.reason("suppressed")}), format, document});
  const sum = (of: "customers" | "lost") => shown.reduce((all, one) => all + one[of], 0);
  const finding = format.message("lapsed.finding", {share: format.percent(sum("lost") / sum("customers"), 0), lost: sum("lost"), customers: sum("customers")});
  const subtitle = format.message("lapsed.subtitle", {day: format.date(told.day), as_of: format.date(told.asOf)});
  const {rule: {by: wanted, under: chance}, hasModel} = told;
  const by = hasModel ? wanted : "gap";
  const knownOf = ({days}: LapsedSegment) => (days === null ? "no" : by === "alive" ? "median" : "yes");
  const bars = [...shown].sort((a, b) => b.lost / b.customers - a.lost / a.customers).map((one): RankBar => {
    const said = format.message("lapsed.said", {share: format.percent(one.lost / one.customers, 0), lost: one.lost, customers: one.customers, days: one.days ?? 0, known: knownOf(one)});
    return {
      name: nameOf(one, options), said, value: one.lost / one.customers, interval: intervalOf(one.lost, one.customers), small: one.customers < minN,
      ...(by === "gap" && one.unlikely !== null && {usual: one.unlikely / one.customers}), tip: `${nameOf(one, options)}: ${said}`
    };
  });
  const words = {label: finding, description: bars.map(({tip}) => tip).join("; ")};
  const drawings = plots((size) => finishPlot(rankPlot(bars, size, document), size, words), {document, live: interactive, ...(room && {room})});
  const tick = (path: string, stroke: string, width: number): SVGSVGElement => svgElement(document, "svg", {class: "qd-square", viewBox: "0 0 12 12", "aria-hidden": "true"}, svgElement(document, "path", {d: path, stroke, "stroke-width": width}));
  const keys: KeyEntry[] = [
    {swatch: swatch("var(--qd-actual)", document), text: format.message(`lapsed.key.${by === "gap" ? "gap" : "by_alive"}`, {chance})},
    ...(by === "gap" && hasModel ? [{swatch: tick("M6,0V12", "var(--qd-signal)", 2.5), text: format.message("lapsed.key.alive", {chance})}] : []),
    ...(bars.some(({small}) => small) ? [{swatch: swatch("var(--qd-small)", document), text: format.message("mark.small")}] : [])
  ];
  const notes = [
    format.message(`lapsed.note.${by === "gap" ? "rule" : "rule_alive"}`, {chance}), ...(hasModel ? [] : [format.message("lapsed.note.no_model", {wanted})]),
    ...(told.notApplied.length > 0 ? [format.message("caveat.not_applied", {dimensions: format.list(told.notApplied.map((id) => format.dimension(id)), "or")})] : [])
  ];
  return chart({finding, subtitle, drawings, marks: [], keys, notes, twin: () => twinOf(told, subtitle, options), interactive, heading, format, document});
}

const nameOf = ({segment}: LapsedSegment, {format}: Words): string => plainText(format.member("segment", segment));

function twinOf({segments}: LapsedTold, subtitle: string, {format, document}: LapsedOptions): HTMLElement {
  const number = (value: number | null): TableCell => (value === null ? {text: "–"} : {text: countText(value, {format}), sort: value});
  return table(
    {
      caption: subtitle,
      columns: [{label: format.dimension("segment")}, ...["days", "customers", "lost", "unlikely"].map((key) => ({label: format.message(`lapsed.column.${key}`), numeric: true}))],
      rows: segments.map((one): TableCell[] => (one.suppressed ? [{text: nameOf(one, {format})}, {text: format.reason("suppressed"), muted: true}, {text: ""}, {text: ""}, {text: ""}] : [{text: nameOf(one, {format})}, number(one.days), number(one.customers), number(one.lost), number(one.unlikely)]))
    },
    {format, document}
  );
}

const logColumns = ["lost_on", "back_on", "away"] as const;
const accountLabel = (log: readonly LapsedEntry[], {format}: Words): string => format.message(log.some(({record}) => record !== null) ? "lapsed.record" : "lapsed.customer");
const daysAway = ({lostOn, backOn}: LapsedEntry): number | null => (backOn === null ? null : (Date.parse(backOn) - Date.parse(lostOn)) / 86_400_000);

/** Returns the log of losses and returns; a note in its place where there is none. */
export function lapsedLog(told: LapsedTold, options: LapsedOptions): HTMLElement {
  const {format, document, heading = "h3", save} = options;
  const {log, lost, back} = told;
  if (!log || log.length === 0) return emptyState({why: "no_rows", ...(!log && {detail: format.reason("suppressed")}), format, document});
  const dayBefore = new Date(Date.parse(`${told.days.end}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
  return element(
    document,
    "figure",
    {class: "qd-chart qd-dropped"},
    element(
      document,
      "figcaption",
      {},
      element(document, heading, {class: "qd-finding"}, format.message("lapsed.log.finding", {back, lost})),
      element(document, "p", {class: "qd-subtitle"}, format.message("lapsed.log.subtitle", {from: format.date(told.days.start), to: format.date(dayBefore), as_of: format.date(told.asOf)}))
    ),
    table(
      {
        caption: format.message("lapsed.log.caption", {shown: log.length}),
        columns: [{label: accountLabel(log, {format})}, ...logColumns.map((key) => ({label: format.message(`lapsed.${key}`), ...(key === "away" && {numeric: true})}))],
        rows: log.map((entry): TableCell[] => [
          entry.record === null ? {text: countText(entry.customer, {format}), sort: entry.customer} : {text: plainText(entry.record)},
          {text: format.date(entry.lostOn), sort: entry.lostOn}, entry.backOn === null ? {text: format.message("lapsed.still"), muted: true} : {text: format.date(entry.backOn), sort: entry.backOn},
          daysAway(entry) === null ? {text: "–"} : {text: countText(daysAway(entry)!, {format}), sort: daysAway(entry)}
        ])
      },
      {format, document}
    ),
    element(document, "p", {class: "qd-caveats"}, format.message("lapsed.log.note")),
    save && saveButton(format.message("lapsed.log.save"), save, document)
  );
}

/** Returns the log as CSV; nothing that a spreadsheet would run. */
export function lapsedCsv({log}: Pick<LapsedTold, "log">, {format}: Words): string {
  const all = log ?? [];
  return csvText([accountLabel(all, {format}), ...logColumns.map((key) => format.message(`lapsed.${key}`))], all.map((entry): CsvValue[] => [entry.record ?? entry.customer, entry.lostOn, entry.backOn, daysAway(entry)]));
}
