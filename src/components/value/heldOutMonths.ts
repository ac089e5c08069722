// How near the model comes: fitted to the first two thirds of the log, purchases expected of the rest beside those that came.

import * as Plot from "@observablehq/plot";
import type {Compared, ValueTold} from "../../query/value/question.js";
import {chart} from "../chart.js";
import {element, svgElement} from "../element.js";
import {type PlotSize, finishPlot, plots, spread} from "../plot.js";
import {swatch} from "../funnel/patterns.js";
import {makeSortable, table, type TableCell} from "../table.js";
import {heldOutNotes, noHoldOutWords, purchasesText, type ValueViewOptions} from "./frame.js";

/** A model that is off by less is called near. */
const nearMiss = 0.1;

/** Returns expected ÷ observed − 1; null where nothing came. */
export const missOf = ({expected, observed}: Compared): number | null => (observed > 0 ? expected / observed - 1 : null);

/** Returns the figure; words in its place where nothing is held out. */
export function heldOutMonths(told: ValueTold, options: ValueViewOptions): HTMLElement {
  const {format, document, heading = "h3", interactive = false, room} = options;
  const {reason, until, total, months} = told.heldOut;
  if (reason !== null || total === null) return element(document, "div", {class: "qd-empty", "data-why": reason ?? "no_fit"}, element(document, "p", {}, noHoldOutWords(reason ?? "no_fit", told, options)));
  const finding = monthsFinding(told, total, options);
  const last = months.at(-1)?.day ?? told.asOf;
  const subtitle = format.message("value.held_out.subtitle", {until: format.date(until), last: format.date(last)});
  const points = [{day: until, expected: 0, observed: 0}, ...months].map((point): Point => ({...point, month: monthsBetween(until, point.day)}));
  const words = {label: finding, description: months.map((point) => `${format.date(point.day)}: ${saidOf(point, options)}`).join("; ")};
  const drawings = plots((size) => finishPlot(draw(points, size, options), size, words), {document, live: interactive, ...(room && {room})});
  const dashes = svgElement(document, "svg", {class: "qd-square", viewBox: "0 0 12 12", "aria-hidden": "true"}, svgElement(document, "path", {d: "M0,6H12", stroke: "var(--qd-series-1)", "stroke-width": 2.5, "stroke-dasharray": "4,2"}));
  const keys = [{swatch: swatch("var(--qd-actual)", document), text: format.message("value.held_out.observed")}, {swatch: dashes, text: format.message("value.held_out.expected")}];
  return chart({finding, subtitle, drawings, marks: [], keys, notes: heldOutNotes(told, options), twin: () => twinOf(told, subtitle, options), interactive, heading, format, document});
}

const saidOf = ({expected, observed}: Compared, options: ValueViewOptions): string =>
  options.format.message("value.held_out.said", {expected: purchasesText(expected, options), observed: purchasesText(observed, options)});

function monthsFinding({heldOut: {until}}: ValueTold, total: Compared, options: ValueViewOptions): string {
  const {format} = options;
  const miss = missOf(total);
  const how = miss === null ? "none" : Math.abs(miss) <= nearMiss ? "near" : miss > 0 ? "high" : "low";
  return format.message("value.held_out.finding", {how, off: format.percent(Math.abs(miss ?? 0)), until: format.date(until), expected: purchasesText(total.expected, options), observed: purchasesText(total.observed, options)});
}

/** Months as the model counts them: the last one of a log may be a part. */
const monthsBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 86_400_000 / (365.25 / 12);

interface Point extends Compared {
  readonly day: string;
  readonly month: number;
}

function draw(points: readonly Point[], {width, height, fontSize, name}: PlotSize, options: ValueViewOptions): SVGSVGElement | HTMLElement {
  const {format, document} = options;
  const high = Math.max(...points.flatMap(({expected, observed}) => [expected, observed]), 1) * 1.08;
  const last = points.at(-1)!;
  const labels = [
    {text: `${format.message("value.held_out.observed_short")} ${purchasesText(last.observed, options)}`, value: last.observed, color: "currentColor"},
    {text: `${format.message("value.held_out.expected_short")} ${purchasesText(last.expected, options)}`, value: last.expected, color: "var(--qd-label-1)"}
  ];
  const margin = {top: 14, bottom: 30, left: name === "narrow" ? 44 : 54, right: 16 + Math.max(...labels.map(({text}) => [...text].length)) * fontSize * 0.58};
  const inner = height - margin.top - margin.bottom;
  const ends = spread(labels.map(({value}) => margin.top + (1 - value / high) * inner), fontSize + 4, margin.top, height - margin.bottom);
  const step = (width - margin.left - margin.right) / last.month;
  const every = [1, 2, 3, 6, 12].find((each) => each * step >= 26) ?? 24;
  const observed = {x: "month", y: "observed"} as const;
  const expected = {x: "month", y: "expected"} as const;
  return Plot.plot({
    document, width, height, marginTop: margin.top, marginBottom: margin.bottom, marginLeft: margin.left, marginRight: margin.right,
    x: {domain: [0, last.month], label: null}, y: {domain: [0, high], label: null},
    marks: [
      Plot.gridY({ticks: 4, stroke: "var(--qd-grid)", strokeOpacity: 1}),
      Plot.axisY({ticks: 4, tickSize: 0, fontSize, color: "var(--qd-quiet)", tickFormat: (y: number) => format.value(y, "count", {axis: true})}),
      Plot.ruleY([0], {stroke: "var(--qd-baseline)"}),
      Plot.axisX(Array.from({length: Math.floor((last.month + 0.05) / every)}, (_, k) => (k + 1) * every), {tickSize: 0, tickPadding: 6, fontSize, color: "var(--qd-quiet)", tickFormat: (month: number) => format.message("value.held_out.month", {month})}),
      Plot.lineY(points, {...expected, stroke: "var(--qd-series-1)", strokeWidth: 2.25, strokeDasharray: "6,3"}),
      Plot.lineY(points, {...observed, stroke: "var(--qd-actual)", strokeWidth: 2.25}),
      Plot.dot([last], {...observed, r: 3.5, fill: "var(--qd-actual)"}),
      ...labels.map(({text, color}, i) => Plot.text([text], {x: last.month, y: high * (1 - (ends[i]! - margin.top) / inner), text: (label: string) => label, textAnchor: "start", dx: 8, fontSize, fontWeight: 600, fontVariant: "tabular-nums", fill: color})),
      Plot.ruleX(points.slice(1), {x: "month", y1: 0, y2: high, stroke: "currentColor", strokeOpacity: 0, strokeWidth: Math.max(6, step), title: (point: Point) => `${format.date(point.day)}\n${saidOf(point, options)}`})
    ]
  });
}

function twinOf({heldOut: {months}}: ValueTold, caption: string, options: ValueViewOptions): HTMLElement {
  const {format, document, interactive = false} = options;
  const say = (key: string) => format.message(`value.held_out.column.${key}`);
  const number = (value: number): TableCell => ({text: purchasesText(value, options), sort: value});
  const made = table(
    {
      caption,
      columns: [{label: say("until")}, {label: say("observed"), numeric: true}, {label: say("expected"), numeric: true}, {label: say("off"), unit: format.unit("percent"), numeric: true}],
      rows: months.map((point): TableCell[] => [{text: format.date(point.day), sort: point.day}, number(point.observed), number(point.expected), offCell(point, options)])
    },
    {format, document}
  );
  if (interactive) makeSortable(made, {format, document});
  return made;
}

/** Returns how far off the model is, as a share of what came. */
export function offCell(one: Compared, {format}: ValueViewOptions): TableCell {
  const miss = missOf(one);
  return {text: format.value(miss, "percent", {precise: true, bare: true}), sort: miss};
}
