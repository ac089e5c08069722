// What the 90 days before customers leave say, against those of customers who stay: means side by side, the difference with
// its interval, in words an association.

import type {LeavingDifference, LeavingTold} from "../../query/leaving/question.js";
import {chart, type KeyEntry} from "../chart.js";
import {countText} from "../countText.js";
import {svgElement} from "../element.js";
import {emptyState} from "../emptyState.js";
import {swatch} from "../funnel/patterns.js";
import type {ComponentOptions} from "../options.js";
import {finishPlot, plots} from "../plot.js";
import {rankPlot, type RankBar} from "../product/rankPlot.js";
import {table, type TableCell} from "../table.js";

export interface LeavingOptions extends ComponentOptions {
  readonly heading?: "h2" | "h3" | "h4";
  readonly interactive?: boolean;
  /** Of `plots`. */
  readonly room?: number;
}

type Words = Pick<ComponentOptions, "format">;

/** What chance alone would rarely make: the interval leaves out no difference. */
const isTold = ({interval}: LeavingDifference): boolean => interval !== null && (interval[0] > 0 || interval[1] < 0);

const nameOf = ({signal}: LeavingDifference, {format}: Words): string => format.message(`leaving.signal.${signal}`);
const isShare = ({signal}: LeavingDifference): boolean => signal === "usage" || signal === "satisfaction";
const text = (one: LeavingDifference, value: number, {format}: Words): string => (isShare(one) ? format.percent(value, 0) : format.value(value, "ratio", {digits: 2}));
const signed = (one: LeavingDifference, value: number, words: Words): string => `${value > 0 ? "+" : value < 0 ? "\u2212" : "±"}${text(one, Math.abs(value), words)}${isShare(one) ? words.format.message("leaving.points") : ""}`.replace("%", "");

/** Returns the figure; a note in its place where too few left to compare. */
export function leaving(told: LeavingTold, options: LeavingOptions): HTMLElement {
  const {format, document, heading = "h3", interactive = false, room} = options;
  const compared = told.signals.filter(({difference}) => difference !== null);
  if (compared.length === 0) return emptyState({why: "no_rows", detail: format.message("leaving.few", {count: told.left, fewest: told.fewest}), format, document});
  const finding = findingOf(compared, options);
  const subtitle = format.message("leaving.subtitle", {left: told.left, stayed: told.stayed, from: format.date(told.days.start), to: format.date(dayBefore(told.days.end)), as_of: format.date(told.asOf)});
  const drawn = compared.filter(({stayed}) => stayed.mean > 0);
  const bars = drawn.map((one): RankBar => {
    const {left, stayed, interval} = one;
    const said = format.message("leaving.said", {left: text(one, left.mean, options), stayed: text(one, stayed.mean, options)});
    const times = (difference: number) => Math.max(0, (stayed.mean + difference) / stayed.mean);
    return {name: nameOf(one, options), said, value: left.mean / stayed.mean, interval: [times(interval![0]), times(interval![1])], usual: 1, small: !isTold(one), tip: `${nameOf(one, options)}: ${said}; ${differenceText(one, options)}`};
  });
  const words = {label: finding, description: bars.map(({tip}) => tip).join("; ")};
  const drawings = plots((size) => finishPlot(rankPlot(bars, size, document), size, words), {document, live: interactive, ...(room && {room})});
  const tick = (path: string, stroke: string, width: number): SVGSVGElement => svgElement(document, "svg", {class: "qd-square", viewBox: "0 0 12 12", "aria-hidden": "true"}, svgElement(document, "path", {d: path, stroke, "stroke-width": width}));
  const keys: KeyEntry[] = [
    {swatch: swatch("var(--qd-actual)", document), text: format.message("leaving.key.left")},
    {swatch: tick("M6,0V12", "var(--qd-signal)", 2.5), text: format.message("leaving.key.stayed")},
    {swatch: tick("M0,6H12", "currentColor", 1.5), text: format.message("leaving.key.interval")},
    ...(bars.some(({small}) => small) ? [{swatch: swatch("var(--qd-small)", document), text: format.message("leaving.key.chance")}] : [])
  ];
  const notes = [
    format.message("leaving.note.association"), format.message("leaving.note.matched"),
    ...(told.signals.some(({signal}) => signal === "usage") ? [format.message("leaving.note.usage")] : []),
    ...told.signals.filter(({difference}) => difference === null).map((one) => format.message("leaving.note.few", {signal: nameOf(one, options), fewest: told.fewest})),
    ...(told.notApplied.length > 0 ? [format.message("caveat.not_applied", {dimensions: format.list(told.notApplied.map((id) => format.dimension(id)), "or")})] : [])
  ];
  return chart({finding, subtitle, drawings, marks: [], keys, notes, twin: () => twinOf(told, subtitle, options), interactive, heading, format, document});
}

const dayBefore = (iso: string): string => new Date(Date.parse(`${iso}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);

function differenceText(one: LeavingDifference, words: Words): string {
  const {difference, interval} = one;
  return words.format.message("leaving.difference", {difference: signed(one, difference!, words), low: signed(one, interval![0], words), high: signed(one, interval![1], words)});
}

/** The signal that differs most, of those which chance alone would rarely make. */
function findingOf(compared: readonly LeavingDifference[], options: LeavingOptions): string {
  const apart = ({left, stayed}: LeavingDifference) => Math.abs(Math.log((left.mean + 1e-9) / (stayed.mean + 1e-9)));
  const [most] = compared.filter(isTold).sort((a, b) => apart(b) - apart(a));
  return options.format.message("leaving.finding", {
    signal: most ? most.signal : "none", left: most ? text(most, most.left.mean, options) : "", stayed: most ? text(most, most.stayed.mean, options) : ""
  });
}

const columns = ["left", "left_n", "stayed", "stayed_n", "difference", "interval"] as const;

function twinOf({signals}: LeavingTold, subtitle: string, options: LeavingOptions): HTMLElement {
  const {format, document} = options;
  return table(
    {
      caption: subtitle,
      columns: [{label: format.message("leaving.column.signal")}, ...columns.map((key) => ({label: format.message(`leaving.column.${key}`), numeric: true}))],
      rows: signals.map((one): TableCell[] => {
        const {left, stayed, difference, interval} = one;
        const mean = (value: number): TableCell => (difference === null ? {text: "–"} : {text: text(one, value, options), sort: value});
        const n = (value: number): TableCell => ({text: countText(value, {format}), sort: value, muted: true});
        return [
          {text: nameOf(one, options)}, mean(left.mean), n(left.n), mean(stayed.mean), n(stayed.n),
          {text: difference === null ? "–" : signed(one, difference, options), sort: difference},
          {text: interval === null ? "–" : interval.map((end) => signed(one, end, options)).join(" … "), muted: true}
        ];
      })
    },
    {format, document}
  );
}
