// Conversion by month of entry, with its interval; months that may still convert are hollow and dashed.

import * as Plot from "@observablehq/plot";
import type {FunnelCounts, FunnelPoint} from "../../query/funnel/answer.js";
import type {Period} from "../../query/question.js";
import {chart} from "../chart.js";
import {emptyState} from "../emptyState.js";
import {printPick} from "../pick.js";
import {type PlotSize, finishPlot, pickable, plots} from "../plot.js";
import {type TableCell, table} from "../table.js";
import {type Happened, happenedIn, timeMarks, type TimeNote, timeNotesIn, timeNoteWords} from "../timeNotes.js";
import {countText, funnelSubtitle, noFunnel, stepName, type FunnelViewOptions} from "./frame.js";
import {swatch} from "./patterns.js";

/** Share of those who entered in the month: of a month whose window has passed final, else so far. */
const shareOf = ({entered, steps}: FunnelPoint): number | null => (entered > 0 ? steps.at(-1)!.reached / entered : null);

const monthPeriod = ({month}: FunnelPoint): Period => {
  const [year, number] = month.split("-").map(Number) as [number, number];
  const next = number === 12 ? `${year + 1}-01-01` : `${year}-${String(number + 1).padStart(2, "0")}-01`;
  return {key: month, grain: "month", start: `${month}-01`, end: next, part: false, census: next};
};

/** Returns the figure; a note in its place where there is no conversion or no month to show. */
export function funnelTrend(told: FunnelCounts, options: FunnelViewOptions & {readonly happened?: Happened}): HTMLElement {
  const {format, document, heading, interactive = false, room} = options;
  const empty = noFunnel(told, options);
  if (empty) return empty;
  const points = told.trend.filter(({suppressed}) => !suppressed);
  if (points.length === 0 || !options.reading.chain) return emptyState({why: "no_rows", format, document});
  const finding = trendFinding(told, points, options);
  const notes = timeNotesIn(options.happened ?? {}, points.map(monthPeriod));
  const words = {label: finding, description: points.map((point) => `${format.period(monthPeriod(point))}: ${format.value(shareOf(point), "percent")}`).join("; ")};
  const drawings = plots((size) => pickable(finishPlot(line(told, points, size, {...options, notes}), size, words), points.map(({month}) => printPick("period", month))), {document, live: interactive, ...(room && {room})});
  const subtitle = funnelSubtitle(told, options);
  const keys = [
    {swatch: swatch("var(--qd-actual)", document), text: format.message("funnels.trend.final")},
    {swatch: swatch("var(--qd-usual)", document), text: format.message("funnels.trend.interval")},
    ...(points.some(({immature}) => immature) ? [{swatch: swatch("var(--qd-ground)", document), text: format.message("funnels.trend.immature")}] : [])
  ];
  return chart({finding, subtitle, drawings, marks: [], keys, notes: timeNoteWords(notes, format), twin: () => twinOf(told, points, subtitle, {...options, notes}), interactive, format, document, ...(heading && {heading})});
}

/** "18.2% of those who entered in April 2026 got to Paid, the latest month that is final; 12.0% to 24.1% over the year before" */
function trendFinding(told: FunnelCounts, points: readonly FunnelPoint[], {format}: FunnelViewOptions): string {
  const final = points.filter((point) => !point.immature && !point.part && point.entered > 0);
  const latest = final.at(-1);
  const earlier = final.slice(0, -1).slice(-12);
  const [part, whole] = earlier.reduce(([reached, entered], point) => [reached + point.steps.at(-1)!.reached, entered + point.entered], [0, 0]);
  return format.message("funnels.trend.finding", {
    known: !latest ? "none" : whole > 0 ? "both" : "one",
    share: format.value(latest ? shareOf(latest) : null, "percent"),
    month: latest ? format.period(monthPeriod(latest)) : "",
    before: whole > 0 ? format.value(part / whole, "percent") : "",
    months: earlier.length,
    last: stepName(told, told.funnel.steps.length - 1, {format})
  });
}

function line(told: FunnelCounts, points: readonly FunnelPoint[], {width, height, fontSize, name}: PlotSize, {format, document, notes}: FunnelViewOptions & {readonly notes: readonly TimeNote[]}): SVGSVGElement | HTMLElement {
  const margin = {top: 18, bottom: 46, left: name === "narrow" ? 36 : 48, right: name === "narrow" ? 40 : 56};
  const keys = points.map(({month}) => month);
  const byKey = new Map(points.map((point) => [point.month, monthPeriod(point)]));
  const final = points.filter(({immature}) => !immature);
  const young = points.filter(({immature}) => immature);
  const bounds = final.flatMap(({steps}) => steps.at(-1)!.overall.interval ?? []);
  // The interval of a month of few entries would flatten all others.
  const high = Math.max(...points.map((point) => shareOf(point) ?? 0), Math.min(Math.max(0, ...bounds), 1.6 * Math.max(0.001, ...points.map((point) => shareOf(point) ?? 0)))) * 1.1 || 1;
  const step = (width - margin.left - margin.right) / Math.max(1, keys.length - 1);
  const every = Math.max(1, Math.ceil((name === "narrow" ? 30 : 38) / step));
  const ticks = keys.filter((_, i) => (keys.length - 1 - i) % every === 0);
  const value = (point: FunnelPoint) => shareOf(point);
  const x = "month";
  const label = (point: FunnelPoint) => Plot.text([point], {x, y: value, text: [format.value(shareOf(point), "percent")], textAnchor: "middle", dy: -12, fontSize, fontWeight: 600, fontVariant: "tabular-nums", fill: "currentColor", stroke: "var(--qd-ground)", strokeWidth: 4});
  const joined = final.length > 0 && young.length > 0 ? [final.at(-1)!, ...young] : young;
  return Plot.plot({
    document, width, height,
    marginTop: margin.top, marginBottom: margin.bottom, marginLeft: margin.left, marginRight: margin.right,
    x: {type: "point", domain: keys, padding: 0.3, label: null},
    y: {domain: [0, high], clamp: true, label: null},
    marks: [
      Plot.gridY({ticks: 4, stroke: "var(--qd-grid)", strokeOpacity: 1}),
      Plot.axisY({ticks: 4, tickSize: 0, fontSize, color: "var(--qd-quiet)", tickFormat: (y: number) => format.value(y, "percent", {axis: true})}),
      Plot.ruleY([0], {stroke: "var(--qd-baseline)"}),
      Plot.axisX({ticks, tickSize: 0, tickPadding: 6, fontSize, lineHeight: 1.2, color: "var(--qd-quiet)", tickFormat: (k: string) => format.tick(byKey.get(k)!, k === ticks[0])}),
      Plot.areaY(final, {x, y1: (point: FunnelPoint) => point.steps.at(-1)!.overall.interval?.[0] ?? null, y2: (point: FunnelPoint) => point.steps.at(-1)!.overall.interval?.[1] ?? null, fill: "var(--qd-usual)"}),
      ...timeMarks(notes, fontSize),
      Plot.lineY(joined, {x, y: value, stroke: "var(--qd-actual)", strokeWidth: 1.5, strokeDasharray: "3,3"}),
      Plot.lineY(final, {x, y: value, stroke: "var(--qd-actual)", strokeWidth: 2}),
      Plot.dot(young, {x, y: value, r: 3.5, fill: "var(--qd-ground)", stroke: "var(--qd-actual)", strokeWidth: 1.5}),
      Plot.dot(final.slice(-1), {x, y: value, r: 3.5, fill: "var(--qd-actual)"}),
      ...[final.at(-1)].flatMap((point) => (point ? [label(point)] : [])),
      Plot.ruleX(points, {x, y1: 0, y2: high, stroke: "currentColor", strokeOpacity: 0, strokeWidth: Math.max(8, step), title: (point: FunnelPoint) => tipOf(told, point, {format, notes})})
    ]
  });
}

function tipOf(told: FunnelCounts, point: FunnelPoint, {format, notes}: Pick<FunnelViewOptions, "format"> & {readonly notes: readonly TimeNote[]}): string {
  const last = point.steps.at(-1)!;
  return [
    `${format.period(monthPeriod(point))}: ${format.value(shareOf(point), "percent", {precise: true})}`,
    format.message("funnels.trend.of", {part: countText(last.reached, {format}), whole: countText(point.entered, {format}), last: stepName(told, last.position, {format})}),
    ...(point.immature ? [format.message("funnels.trend.immature")] : []),
    happenedIn(notes, point.month)
  ].filter((line) => line !== "").join("\n");
}

function twinOf(told: FunnelCounts, points: readonly FunnelPoint[], caption: string, {format, document, notes}: FunnelViewOptions & {readonly notes: readonly TimeNote[]}): HTMLElement {
  const count = (value: number): TableCell => ({text: countText(value, {format}), sort: value, muted: true});
  return table(
    {
      caption,
      columns: [{label: format.message("funnels.column.month")}, {label: format.message("funnels.column.entered"), numeric: true}, {label: format.message("funnels.column.in_progress"), numeric: true}, ...told.funnel.steps.slice(1).map((_, k) => ({label: stepName(told, k + 1, {format}), unit: format.unit("percent"), numeric: true})), {label: format.message("funnels.column.final")}, ...(notes.length > 0 ? [{label: format.message("actions.column")}] : [])],
      rows: points.map((point) => [
        {text: format.period(monthPeriod(point)), sort: point.month, pick: printPick("period", point.month)},
        count(point.entered), count(point.inProgress),
        ...point.steps.slice(1).map(({reached}): TableCell => ({text: format.value(point.entered > 0 ? reached / point.entered : null, "percent", {precise: true, bare: true}), sort: point.entered > 0 ? reached / point.entered : null, muted: point.immature})),
        {text: format.message(point.immature ? "funnels.trend.so_far" : "funnels.trend.is_final")},
        ...(notes.length > 0 ? [{text: happenedIn(notes, point.month)}] : [])
      ])
    },
    {format, document}
  );
}
