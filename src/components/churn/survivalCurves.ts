// How long customers stay: the share that is still there by age, of all with its band, or of the largest members beside one another.

import * as Plot from "@observablehq/plot";
import {shorten} from "../../format/text.js";
import type {SurvivalCurve, SurvivalTold, survivingAt} from "../../query/survival/question.js";
import {chart, type KeyEntry} from "../chart.js";
import {countText} from "../countText.js";
import {emptyState} from "../emptyState.js";
import {swatch} from "../funnel/patterns.js";
import type {ComponentOptions} from "../options.js";
import {type PlotSize, finishPlot, plots, spread} from "../plot.js";
import {type TableCell, table} from "../table.js";

export interface SurvivalOptions extends ComponentOptions {
  readonly heading?: "h2" | "h3" | "h4";
  readonly interactive?: boolean;
  /** Of `plots`. */
  readonly room?: number;
  /** Days of a month of the told ages. */
  readonly month: number;
  readonly survivingAt: typeof survivingAt;
}

/** Members that are drawn; the table has all. */
const mostCurves = 5;

interface Place {
  readonly months: number;
  readonly share: number;
  readonly low: number | null;
  readonly high: number | null;
}

/** Returns the figure; a note in its place where too few customers are known to draw anything. */
export function survivalCurves(told: SurvivalTold, options: SurvivalOptions): HTMLElement {
  const {format, document, heading = "h3", interactive = false, room} = options;
  const {total, by, logRank, late, leftOut, least, notApplied} = told;
  if (total.suppressed || total.end === null) return emptyState({why: "no_rows", ...(total.suppressed && {detail: format.reason("suppressed")}), format, document});
  const shown = membersOf(told);
  const finding = survivalFinding(told, options);
  const subtitle = format.message("survival.subtitle", {by: by === undefined ? "none" : format.dimension(by, "sentence"), count: total.customers, left: total.losses, as_of: format.date(told.asOf)});
  const words = {label: finding, description: ticksOf(told, 8, options).map((months) => tipOf(told, shown, months, options).replaceAll("\n", ", ")).join("; ")};
  const drawings = plots((size) => finishPlot(draw(told, shown, size, options), size, words), {document, live: interactive, ...(room && {room})});
  const keys: KeyEntry[] = shown.length > 0
    ? shown.map(({curve, color}) => ({swatch: swatch(color, document), text: format.member(by!, curve.member)}))
    : [{swatch: swatch("var(--qd-actual)", document), text: format.message("survival.key.stay")}, {swatch: swatch("var(--qd-usual)", document), text: format.message("survival.key.band")}];
  const notes = [
    format.message("survival.note.tail", {least}),
    ...(shown.length > 0 ? [logRank ? format.message("survival.note.log_rank", {sure: logRank.p < 0.05 ? "yes" : "no", value: format.value(logRank.chiSquare, "ratio", {digits: 1}), df: logRank.df, p: chanceText(logRank.p)}) : format.message("survival.note.no_test")] : []),
    ...(told.curves.length > shown.length && shown.length > 0 ? [format.message("survival.note.largest", {count: shown.length, all: told.curves.length})] : []),
    ...(late > 0 || leftOut > 0 ? [format.message("survival.note.late", {count: late, left: leftOut})] : []),
    ...(notApplied.length > 0 ? [format.message("caveat.not_applied", {dimensions: format.list(notApplied.map((id) => format.dimension(id)), "or")})] : [])
  ];
  return chart({finding, subtitle, drawings, marks: [], keys, notes, twin: () => twinOf(told, subtitle, options), interactive, heading, format, document});
}

interface Member {
  readonly curve: SurvivalCurve;
  readonly color: string;
  readonly label: string;
}

const membersOf = ({by, curves}: SurvivalTold): Member[] => (by === undefined ? [] : curves.filter(({end, suppressed}) => end !== null && !suppressed).slice(0, mostCurves))
  .map((curve, k) => ({curve, color: `var(--qd-series-${k + 1})`, label: `var(--qd-label-${k + 1})`}));

const chanceText = (p: number): string => (p < 0.001 ? "< 0.001" : `= ${p.toFixed(3)}`);
const monthsText = (days: number, {format, month}: Pick<SurvivalOptions, "format" | "month">): string => format.value(days / month, "ratio", {digits: 0});
const shareText = (share: number, {format}: Pick<ComponentOptions, "format">): string => format.percent(share, share > 0.995 || share < 0.005 ? 1 : 0);

/** "Half of the customers stay 39 months or longer"; by members who stays longest and shortest. */
function survivalFinding(told: SurvivalTold, options: SurvivalOptions): string {
  const {format, month, survivingAt: at} = options;
  const {total, by} = told;
  const known = membersOf(told).map(({curve}) => curve);
  if (by !== undefined && known.length > 1) {
    // At an age to which all of them are known.
    const age = Math.min(...known.map(({end}) => end!));
    const months = [60, 48, 36, 24, 12, 6, 3, 1].find((one) => one * month <= age);
    if (months !== undefined) {
      const shares = known.map((curve) => ({member: curve.member, share: at(curve, months * month)!.surviving})).sort((a, b) => b.share - a.share);
      const [best, worst] = [shares[0]!, shares.at(-1)!];
      return format.message("survival.finding.members", {months, best: format.member(by, best.member), best_share: shareText(best.share, {format}), worst: format.member(by, worst.member), worst_share: shareText(worst.share, {format})});
    }
  }
  if (total.median !== null) return format.message("survival.finding.median", {months: monthsText(total.median, options)});
  const last = at(total, total.end!)!;
  return format.message("survival.finding.unreached", {months: monthsText(total.end!, options), share: shareText(last.surviving, {format})});
}

/** The curve from everybody at age 0 on, to where enough are at risk. */
function placesOf({points, end}: SurvivalCurve, {month}: Pick<SurvivalOptions, "month">): Place[] {
  const places = [{months: 0, share: 1, low: 1, high: 1}, ...points.map(({age, surviving, low, high}): Place => ({months: age / month, share: surviving, low: low ?? surviving, high: high ?? surviving}))];
  return [...places, {...places.at(-1)!, months: Math.max(end! / month, places.at(-1)!.months)}];
}

/** Whole months along the axis, about so many. */
function ticksOf({total}: Pick<SurvivalTold, "total">, most: number, {month}: Pick<SurvivalOptions, "month">): number[] {
  const last = Math.floor(total.end! / month);
  const step = [1, 2, 3, 6, 12, 24, 36, 60, 120].find((one) => last / one <= most) ?? 240;
  return Array.from({length: Math.floor(last / step) + 1}, (_, k) => k * step);
}

const atRiskAt = ({marks, total}: SurvivalTold, months: number, {month}: Pick<SurvivalOptions, "month">): number | null => {
  const place = marks.findIndex((mark) => Math.abs(mark - months * month) < 1e-6);
  return place < 0 ? null : total.atRisk[place] ?? null;
};

function draw(told: SurvivalTold, shown: readonly Member[], {width, height, fontSize, name}: PlotSize, options: SurvivalOptions): SVGSVGElement | HTMLElement {
  const {format, document} = options;
  const {total, by} = told;
  const all = placesOf(total, options);
  const short = shown.map(({curve}) => shorten(format.member(by!, curve.member), name === "narrow" ? 10 : 18));
  // Names that begin alike say nothing once they are cut: the key has them whole.
  const isTelling = new Set(short).size === short.length;
  const ends = shown.map(({curve, label}, k) => ({text: `${isTelling ? `${short[k]} ` : ""}${shareText(placesOf(curve, options).at(-1)!.share, {format})}`, at: placesOf(curve, options).at(-1)!, color: label}));
  const lines = shown.length > 0 ? shown.map(({curve, color}) => ({places: placesOf(curve, options), color})) : [{places: all, color: "var(--qd-actual)"}];
  const labels = shown.length > 0 ? ends : [{text: shareText(all.at(-1)!.share, {format}), at: all.at(-1)!, color: "currentColor"}];
  const tall = height + 70;
  const margin = {top: 14, bottom: 66, left: name === "narrow" ? 42 : 50, right: 16 + Math.max(0, ...labels.map(({text}) => [...text].length)) * fontSize * 0.6};
  const last = Math.max(1, ...lines.map(({places}) => places.at(-1)!.months));
  const ticks = ticksOf(told, name === "narrow" ? 5 : 10, options);
  const pixel = (share: number) => margin.top + (1 - share) * (tall - margin.top - margin.bottom);
  const back = (y: number) => 1 - (y - margin.top) / (tall - margin.top - margin.bottom);
  const heights = spread(labels.map(({at}) => pixel(at.share)), fontSize + 4, margin.top, tall - margin.bottom);
  const xy = {x: "months", y: "share", curve: "step-after"} as const;
  const median = shown.length === 0 && total.median !== null ? total.median / options.month : null;
  return Plot.plot({
    document, width, height: tall, marginTop: margin.top, marginBottom: margin.bottom, marginLeft: margin.left, marginRight: margin.right,
    x: {domain: [0, last], label: null}, y: {domain: [0, 1], label: null},
    marks: [
      Plot.gridY({ticks: 5, stroke: "var(--qd-grid)", strokeOpacity: 1}),
      Plot.axisY({ticks: 5, tickSize: 0, fontSize, color: "var(--qd-quiet)", tickFormat: (share: number) => format.value(share, "percent", {axis: true})}),
      Plot.ruleY([0], {stroke: "var(--qd-baseline)"}),
      Plot.axisX(ticks, {tickSize: 0, tickPadding: 6, fontSize, color: "var(--qd-quiet)", tickFormat: (months: number) => format.value(months, "ratio", {digits: 0})}),
      // Who is at risk stands below the months.
      Plot.text(ticks.filter((months) => atRiskAt(told, months, options) !== null), {x: (months: number) => months, y: 0, dy: 36, fontSize, fontVariant: "tabular-nums", fill: "var(--qd-quiet)", text: (months: number) => countText(atRiskAt(told, months, options)!, {format})}),
      Plot.text([format.message("survival.axis")], {frameAnchor: "bottom-left", dx: -margin.left + 4, dy: 58, textAnchor: "start", fontSize, fill: "var(--qd-quiet)"}),
      ...(shown.length === 0 ? [Plot.areaY(all, {x: "months", y1: "low", y2: "high", curve: "step-after", fill: "var(--qd-usual)"})] : []),
      ...(median === null ? [] : [
        Plot.ruleX([median], {y1: 0, y2: 0.5, stroke: "var(--qd-quiet)", strokeDasharray: "4,3"}), Plot.ruleY([0.5], {x1: 0, x2: median, stroke: "var(--qd-quiet)", strokeDasharray: "4,3"}),
        Plot.text([format.message("survival.median", {months: monthsText(total.median!, options)})], {x: median, y: 0.5, dx: 8, dy: -10, textAnchor: "start", fontSize, fontWeight: 600, fill: "currentColor", stroke: "var(--qd-ground)", strokeWidth: 4})
      ]),
      ...lines.map(({places, color}, k) => Plot.lineY(places, {...xy, stroke: color, strokeWidth: 2.25, ...(k > 0 && {strokeDasharray: dashes[k]})})),
      ...labels.map(({text, at, color}, k) => Plot.text([text], {x: at.months, y: back(heights[k]!), text: (label: string) => label, textAnchor: "start", dx: 7, fontSize, fontWeight: 600, fontVariant: "tabular-nums", fill: color, stroke: "var(--qd-ground)", strokeWidth: 4})),
      Plot.ruleX(ticks, {x: (months: number) => months, y1: 0, y2: 1, stroke: "currentColor", strokeOpacity: 0, strokeWidth: Math.max(8, (width - margin.left - margin.right) / Math.max(1, ticks.length)), title: (months: number) => tipOf(told, shown, months, options)})
    ]
  });
}

/** Told apart where colours are not. */
const dashes = ["", "7,3", "2,3", "9,3,2,3", "4,2"] as const;

function tipOf(told: SurvivalTold, shown: readonly Member[], months: number, options: SurvivalOptions): string {
  const {format, month} = options;
  const of = (curve: SurvivalCurve) => options.survivingAt(curve, months * month);
  const say = (at: ReturnType<typeof of>) => (at === null ? "–" : shareText(at.surviving, {format}));
  const lines = shown.length > 0 ? shown.map(({curve}) => `${format.member(told.by!, curve.member)}: ${say(of(curve))}`) : [`${say(of(told.total))}${bandText(of(told.total), {format})}`];
  const risk = atRiskAt(told, months, options);
  return [format.message("survival.age", {months}), ...lines, ...(risk === null ? [] : [format.message("survival.at_risk", {count: risk})])].join("\n");
}

const bandText = (at: ReturnType<typeof survivingAt>, {format}: Pick<ComponentOptions, "format">): string =>
  (at?.low != null && at.high !== null ? ` (${format.percent(at.low, 0)}–${format.percent(at.high, 0)})` : "");

function twinOf(told: SurvivalTold, caption: string, options: SurvivalOptions): HTMLElement {
  const {format, document, month} = options;
  const {total, by, curves, horizon} = told;
  const percent = (value: number | null | undefined): TableCell => ({text: value == null ? "–" : format.value(value, "percent", {bare: true, digits: 1}), sort: value ?? null});
  const number = (days: number | null): TableCell => ({text: days === null ? "–" : format.value(days / month, "ratio", {digits: 1}), sort: days});
  if (by !== undefined && curves.length > 0) {
    return table({
      caption,
      columns: [
        {label: format.dimension(by)}, ...["customers", "left", "median", "median_low", "median_high"].map((key) => ({label: format.message(`survival.column.${key}`), numeric: true})),
        {label: format.message("survival.column.mean", {months: horizon === null ? "–" : monthsText(horizon, options)}), numeric: true}
      ],
      rows: [total, ...curves].map((curve, k): TableCell[] => [
        {text: k === 0 ? format.message("table.total") : format.member(by, curve.member), ...(curve.suppressed && {note: format.reason("suppressed")})},
        {text: countText(curve.customers, {format}), sort: curve.customers}, {text: countText(curve.losses, {format}), sort: curve.losses}, number(curve.median), number(curve.medianLow), number(curve.medianHigh), number(curve.mean?.value ?? null)
      ])
    }, {format, document});
  }
  return table({
    caption,
    columns: [{label: format.message("survival.column.months"), numeric: true}, {label: format.message("survival.column.at_risk"), numeric: true}, ...["stay", "low", "high"].map((key) => ({label: format.message(`survival.column.${key}`), unit: "%", numeric: true}))],
    rows: ticksOf(told, 24, options).map((months): TableCell[] => {
      const at = options.survivingAt(total, months * month);
      const risk = atRiskAt(told, months, options);
      return [{text: format.value(months, "ratio", {digits: 0}), sort: months}, {text: risk === null ? "–" : countText(risk, {format}), sort: risk}, percent(at?.surviving), percent(at?.low), percent(at?.high)];
    })
  }, {format, document});
}
